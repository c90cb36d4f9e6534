package io.tollgate.server.serve;

import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.tollgate.budget.identity.AuthenticateStep;
import io.tollgate.budget.identity.AuthorizeModelStep;
import io.tollgate.budget.identity.Keyring;
import io.tollgate.budget.identity.TagStep;
import io.tollgate.budget.ledger.Attribution;
import io.tollgate.cache.rule.Admission;
import io.tollgate.core.dialect.anthropic.AnthropicDialect;
import io.tollgate.core.dialect.endpoint.Dialects;
import io.tollgate.core.dialect.endpoint.Endpoints;
import io.tollgate.core.dialect.gemini.GeminiDialect;
import io.tollgate.core.error.Refusal;
import io.tollgate.core.error.RefusedException;
import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.exchange.OutputCap;
import io.tollgate.core.http.RequestBody;
import io.tollgate.core.http.RequestHead;
import io.tollgate.core.pipeline.Outcome;
import io.tollgate.core.pipeline.Reply;
import io.tollgate.core.pipeline.Step;
import io.tollgate.core.price.PriceCatalogue;
import io.tollgate.core.provider.Provider;
import io.tollgate.core.step.ReadStep;
import io.tollgate.core.step.ShapeSwitch;
import io.tollgate.core.text.JsonString;
import io.tollgate.routing.RoutingMemory;
import io.tollgate.routing.cap.LearnedCaps;
import io.tollgate.routing.cap.OutputCapStep;
import io.tollgate.routing.fallback.TargetHealth;
import io.tollgate.routing.promptcache.PromptCaching;
import io.tollgate.routing.shaping.ShapingTerms;
import io.tollgate.routing.table.Conversations;
import io.tollgate.routing.table.Providers;
import io.tollgate.routing.table.RouteStep;
import io.tollgate.routing.table.Router;
import io.tollgate.routing.table.RuleSwitches;
import io.tollgate.server.admin.AdminAnswer;
import io.tollgate.server.admin.AdminProblem;
import io.tollgate.server.admin.AdminRequest;
import io.tollgate.server.admin.AdminResource;
import io.tollgate.server.config.Config;
import io.tollgate.server.config.ProviderConfig;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET explain?model=…}: what would become of a call with this request's headers. Nothing is sent, held, counted or
 * remembered: the steps that decide run over an exchange that never ends.
 */
final class ExplainResource {
    static final String PATH = "/api/v1/explain";

    private static final String CHAT = "/v1/chat/completions";
    private static final Set<String> PARAMETERS = Set.of("model", "path", "prompt", "max_tokens");
    private static final int BYTES_PER_TOKEN = 4;

    private final Supplier<Config> config;
    private final RuleSwitches switches;
    private final LearnedCaps caps;
    private final InstantSource clock;

    ExplainResource(Supplier<Config> config, RuleSwitches switches, LearnedCaps caps, InstantSource clock) {
        this.config = config;
        this.switches = switches;
        this.caps = caps;
        this.clock = clock;
    }

    AdminResource resource() {
        return AdminResource.get(request -> AdminAnswer.json(explain(request)));
    }

    private String explain(AdminRequest request) {
        for (String name : request.parameters()) {
            if (!PARAMETERS.contains(name)) {
                throw new AdminProblem(400, "parameter " + name + ": expected model, path, prompt or max_tokens");
            }
        }
        Config now = config.get();
        List<Provider> all = now.providers().values().stream()
                .map(ProviderConfig::toProvider)
                .toList();
        Exchange exchange = exchange(request, now, all);
        PriceCatalogue prices = Prices.of(now);
        Providers providers = new Providers(all, prices);
        RuleSwitches copy = new RuleSwitches();
        now.routing().forEach(rule -> copy.set(rule.name(), switches.isOn(rule.name())));
        var terms = RoutingRules.of(now);
        Router router = new Router(
                terms,
                new RoutingMemory(
                        copy,
                        new Conversations(System::nanoTime),
                        caps,
                        PromptCaching.empty(),
                        new TargetHealth(Clock.systemUTC())),
                each -> each.facts().get().textBytes() / BYTES_PER_TOKEN,
                providers,
                prices);
        List<Step> steps = List.of(
                new AuthenticateStep(
                        new Keyring(now.keys().stream().map(Rulesets::key).toList())),
                new ReadStep(),
                new TagStep(),
                new AuthorizeModelStep(),
                new RouteStep(providers, router, prices),
                new OutputCapStep(terms.output(), caps, prices));
        Refusal refusal = run(steps, exchange);
        return json(now, exchange, refusal);
    }

    private static @Nullable Refusal run(List<Step> steps, Exchange exchange) {
        for (Step step : steps) {
            try {
                if (step.apply(exchange) instanceof Outcome.Answer answer
                        && answer.reply() instanceof Reply.Refused refused) {
                    return refused.refusal();
                }
            } catch (RefusedException e) {
                return e.refusal();
            }
        }
        return null;
    }

    private Exchange exchange(AdminRequest request, Config now, List<Provider> providers) {
        String path = Objects.requireNonNullElse(request.parameter("path"), CHAT);
        HttpHeaders headers = DefaultHttpHeadersFactory.headersFactory().newHeaders();
        headers.set(request.head().headers());
        if (now.admin().token() != null) {
            headers.remove(HttpHeaderNames.AUTHORIZATION); // that is the administrator's own
        }
        byte[] body = body(request, path).getBytes(StandardCharsets.UTF_8);
        try {
            RequestHead head = RequestHead.of(HttpMethod.POST, path, headers);
            Endpoints endpoints = new Endpoints(
                    providers.stream().collect(Collectors.toMap(Provider::name, Provider::family)),
                    new Dialects(new AnthropicDialect(), new GeminiDialect()));
            return new Exchange(
                    "explained",
                    clock.instant(),
                    0,
                    endpoints.resolve(head),
                    head,
                    RequestBody.of(body),
                    Runnable::run);
        } catch (RefusedException e) {
            throw new AdminProblem(400, "path " + path + ": " + e.refusal().message());
        }
    }

    private static String body(AdminRequest request, String path) {
        String prompt = JsonString.quote(Objects.requireNonNullElse(request.parameter("prompt"), "Hello"));
        int cap = request.number("max_tokens", -1, 1, Integer.MAX_VALUE);
        if (path.contains(":")) {
            return "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":" + prompt + "}]}]"
                    + (cap < 0 ? "" : ",\"generationConfig\":{\"maxOutputTokens\":" + cap + "}") + "}";
        }
        String model = request.parameter("model");
        if (model == null || model.isEmpty()) {
            throw new AdminProblem(400, "parameter model is missing: expected the model a call would ask for");
        }
        String head = "{\"model\":" + JsonString.quote(model);
        if (path.endsWith("/responses")) {
            return head + ",\"input\":" + prompt + (cap < 0 ? "" : ",\"max_output_tokens\":" + cap) + "}";
        }
        return head + ",\"messages\":[{\"role\":\"user\",\"content\":" + prompt + "}]"
                + (cap < 0 ? "" : ",\"max_tokens\":" + cap) + "}";
    }

    private String json(Config now, Exchange exchange, @Nullable Refusal refusal) {
        var caller = exchange.caller().orNull();
        var tags = exchange.tags().orNull();
        var facts = exchange.facts().orNull();
        var route = exchange.route().orNull();
        String key = caller == null ? null : caller.key();
        String model = facts == null ? null : facts.model();
        List<String> members = new ArrayList<>();
        members.add("\"key\":" + quoted(key));
        members.add("\"tags\":"
                + (tags == null
                        ? "{}"
                        : tags.asMap().entrySet().stream()
                                .map(tag -> JsonString.quote(tag.getKey()) + ":" + JsonString.quote(tag.getValue()))
                                .collect(Collectors.joining(",", "{", "}"))));
        members.add("\"model_asked\":" + quoted(model));
        members.add("\"provider\":"
                + quoted(route == null ? null : route.first().provider().name()));
        members.add(
                "\"model_sent\":" + quoted(route == null ? null : route.first().model()));
        members.add("\"route\":{\"rule\":" + quoted(route == null ? null : route.rule()) + ",\"reason\":"
                + quoted(route == null ? null : route.reason()) + "}");
        if (tags == null) {
            members.add("\"budgets\":[],\"rate_limits\":[],\"run_limits\":[]");
        } else {
            Attribution call = new Attribution(
                    tags,
                    key,
                    model,
                    route == null ? null : route.first().provider().name());
            members.add("\"budgets\":" + names(BudgetRules.of(now), rule -> rule.match(), rule -> rule.name(), call));
            members.add(
                    "\"rate_limits\":" + names(LimitRules.rates(now), rule -> rule.match(), rule -> rule.name(), call));
            members.add(
                    "\"run_limits\":" + names(LimitRules.runs(now), rule -> rule.match(), rule -> rule.name(), call));
        }
        OutputCap cap = exchange.outputCap().orNull();
        long own = facts == null ? -1 : facts.outputCap();
        members.add("\"cap\":" + (cap != null ? Long.toString(cap.tokens()) : own < 0 ? "null" : Long.toString(own)));
        members.add("\"cap_source\":" + quoted(cap != null ? cap.source() : own < 0 ? null : "caller"));
        members.add("\"cache\":" + (refusal == null && route != null ? cache(now, exchange) : "null"));
        members.add("\"shaping\":" + (refusal == null && route != null ? shaping(now, exchange) : "null"));
        members.add("\"refused\":"
                + (refusal == null
                        ? "null"
                        : "{\"status\":" + refusal.kind().status(null) + ",\"message\":"
                                + JsonString.quote(refusal.message()) + "}"));
        return members.stream().collect(Collectors.joining(",", "{", "}"));
    }

    /** Which levers may act; what they do depends on the whole prompt. */
    private static String shaping(Config now, Exchange exchange) {
        if (ShapeSwitch.off(exchange)) {
            return "{\"rule\":null,\"levers\":[],\"reason\":\"x-tollgate-shape: off\"}";
        }
        ShapingTerms.Outlook outlook = RoutingRules.shaping(now.shaping()).outlook(exchange);
        return "{\"rule\":" + (outlook.rule() == 0 ? "null" : Integer.toString(outlook.rule()))
                + outlook.levers().stream()
                        .map(JsonString::quote)
                        .collect(Collectors.joining(",", ",\"levers\":[", "]"))
                + ",\"reason\":null}";
    }

    private static String cache(Config now, Exchange exchange) {
        if (!now.cache().exact().enabled()) {
            return "{\"use\":\"off\",\"scope\":null,\"reason\":\"cache.exact is not enabled\"}";
        }
        try {
            Admission admission = CacheSetup.rules(now.cache())
                    .admit(exchange, exchange.route().get().first(), exchange.body());
            return switch (admission) {
                case Admission.Admitted admitted ->
                    "{\"use\":\"lookup\",\"scope\":"
                            + JsonString.quote(admitted.scope().text()) + ",\"reason\":null}";
                case Admission.Passed passed ->
                    "{\"use\":\"bypass\",\"scope\":null,\"reason\":"
                            + JsonString.quote(passed.reason().token()) + "}";
            };
        } catch (RefusedException e) {
            return "{\"use\":\"refused\",\"scope\":null,\"reason\":"
                    + JsonString.quote(e.refusal().message()) + "}";
        }
    }

    private static <R> String names(
            List<R> rules, Function<R, Map<String, List<String>>> match, Function<R, String> name, Attribution call) {
        return rules.stream()
                .filter(rule -> call.matches(match.apply(rule)))
                .map(rule -> JsonString.quote(name.apply(rule)))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String quoted(@Nullable String text) {
        return text == null ? "null" : JsonString.quote(text);
    }
}
