package io.tollgate.routing.table;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.tollgate.core.dialect.Endpoint;
import io.tollgate.core.dialect.Family;
import io.tollgate.core.dialect.Operation;
import io.tollgate.core.dialect.openaichat.OpenAiChatDialect;
import io.tollgate.core.exchange.Caller;
import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.exchange.Tags;
import io.tollgate.core.http.RequestBody;
import io.tollgate.core.http.RequestHead;
import io.tollgate.core.price.ModelTraits;
import io.tollgate.core.price.Price;
import io.tollgate.core.price.PriceCatalogue;
import io.tollgate.core.price.PriceCatalogueBuilder;
import io.tollgate.core.price.Rates;
import io.tollgate.core.price.Tariff;
import io.tollgate.core.price.Vendor;
import io.tollgate.core.provider.Provider;
import io.tollgate.core.provider.Route;
import io.tollgate.core.provider.Target;
import io.tollgate.core.provider.Timeouts;
import io.tollgate.routing.RoutingMemory;
import io.tollgate.routing.RoutingTerms;
import io.tollgate.routing.cap.LearnedCaps;
import io.tollgate.routing.cap.OutputPolicy;
import io.tollgate.routing.complexity.RulesClassifier;
import io.tollgate.routing.complexity.TaskClassifier;
import io.tollgate.routing.earlystop.EarlyStopTerms;
import io.tollgate.routing.fallback.FallbackTerms;
import io.tollgate.routing.fallback.HedgeTerms;
import io.tollgate.routing.fallback.TargetHealth;
import io.tollgate.routing.promptcache.PromptCaching;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** A router over one OpenAI provider with models of the test's own, and calls to it. */
final class Calls {
    static final Conditions ANY = new Conditions(Map.of(), null, 0, Long.MAX_VALUE, null);

    private static final Endpoint CHAT =
            new Endpoint(new OpenAiChatDialect(), Operation.GENERATE, null, "/v1/chat/completions", null, false);
    private static final Provider OPENAI =
            new Provider("openai", Family.OPENAI, URI.create("https://api.openai.com"), null, Timeouts.DEFAULT);

    final RuleSwitches switches = new RuleSwitches();
    final AtomicLong nanos = new AtomicLong();
    final Conversations conversations = new Conversations(nanos::get);
    long promptTokens = 1_000;
    private final List<Provider> providers = new ArrayList<>(List.of(OPENAI));
    private Map<String, List<String>> fallbacks = Map.of();
    private final PriceCatalogueBuilder models = PriceCatalogue.builder()
            .vendor(new Vendor("openai", List.of("api.openai.com"), List.of(), Map.of(), false))
            .provider("openai", null, "api.openai.com", Family.OPENAI);

    /** Adds a model: USD per million tokens of input, cached input and output, its window, and what it refuses. */
    Calls model(String name, String input, String cached, String output, long context, String... refuses) {
        ModelTraits traits = new ModelTraits(context, 4_096, -1, null, null, Set.of(refuses), true, true);
        models.add(new Price(
                "openai", List.of(name), null, "a test", null, Tariff.flat(rates(input, cached, output)), traits));
        return this;
    }

    private static Rates rates(String input, String cached, String output) {
        return Rates.usd(
                new BigDecimal(input),
                new BigDecimal(output),
                new BigDecimal(cached),
                null,
                null,
                null,
                null,
                null,
                null);
    }

    /** Adds a host of OpenAI's dialect. */
    Calls host(String name) {
        providers.add(
                new Provider(name, Family.OPENAI, URI.create("https://" + name + ".example"), null, Timeouts.DEFAULT));
        return this;
    }

    /** The price there of a model: USD per million tokens of input, cached input and output. */
    Calls modelAt(String host, String name, String input, String cached, String output) {
        models.vendor(new Vendor(host, List.of(host + ".example"), List.of(), Map.of(), false))
                .provider(host, null, host + ".example", Family.OPENAI);
        models.add(new Price(
                host,
                List.of(name),
                null,
                "a test",
                null,
                Tariff.flat(rates(input, cached, output)),
                new ModelTraits(100_000, 4_096, -1, null, null, Set.of(), true, true)));
        return this;
    }

    Calls fallbacks(String model, String... others) {
        fallbacks = Map.of(model, List.of(others));
        return this;
    }

    /** One call, as its headers say. */
    Exchange call(String body, Caller caller, Map<String, String> tags, String... headers) {
        DefaultHttpHeaders all = new DefaultHttpHeaders();
        for (int i = 0; i < headers.length; i += 2) {
            all.add(headers[i], headers[i + 1]);
        }
        RequestBody bytes = RequestBody.of(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        RequestHead head = RequestHead.of(HttpMethod.POST, CHAT.path(), all);
        Exchange exchange = new Exchange("r", Instant.EPOCH, 0, CHAT, head, bytes, Runnable::run);
        exchange.caller().decide(caller);
        exchange.tags().decide(Tags.of(tags));
        exchange.facts().decide(CHAT.dialect().read(CHAT, bytes));
        return exchange;
    }

    /** Where it goes by these rules. */
    Route route(List<RouteRule> rules, Exchange exchange) {
        String model = exchange.facts().get().model();
        Route route = router(rules)
                .route(exchange, Route.direct("serves the model", new Target(OPENAI, model, CHAT.path(), List.of())));
        if (!exchange.route().isDecided()) {
            exchange.route().decide(route);
        }
        return route;
    }

    /** Decides by these rules. */
    Router router(List<RouteRule> rules) {
        PriceCatalogue catalogue = models.build();
        return new Router(
                new RoutingTerms(
                        rules,
                        new TaskClassifier(new RulesClassifier()),
                        OutputPolicy.NONE,
                        EarlyStopTerms.NONE,
                        false,
                        new FallbackTerms(
                                fallbacks, 1, Duration.ofMillis(1), Duration.ofMillis(1), 0.2, HedgeTerms.OFF)),
                new RoutingMemory(
                        switches,
                        conversations,
                        new LearnedCaps(0.95, 50),
                        PromptCaching.empty(),
                        new TargetHealth(Clock.systemUTC())),
                any -> promptTokens,
                new Providers(providers, catalogue),
                catalogue);
    }
}
