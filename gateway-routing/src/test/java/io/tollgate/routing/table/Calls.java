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
import io.tollgate.routing.fallback.TargetHealth;
import io.tollgate.routing.promptcache.PromptCaching;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A router over one OpenAI provider with models of the test's own, and calls to it. */
final class Calls {
    static final Conditions ANY = new Conditions(Map.of(), null, 0, Long.MAX_VALUE, null);

    private static final Endpoint CHAT =
            new Endpoint(new OpenAiChatDialect(), Operation.GENERATE, null, "/v1/chat/completions", null, false);
    private static final Provider OPENAI =
            new Provider("openai", Family.OPENAI, URI.create("https://api.openai.com"), null, Timeouts.DEFAULT);

    final RuleSwitches switches = new RuleSwitches();
    final Conversations conversations = new Conversations(() -> 0L);
    long promptTokens = 1_000;
    private final PriceCatalogueBuilder models = PriceCatalogue.builder()
            .vendor(new Vendor("openai", List.of("api.openai.com"), List.of(), Map.of(), false))
            .provider("openai", null, "api.openai.com", Family.OPENAI);

    /** Adds a model: USD per million tokens of input, cached input and output, its window, and what it refuses. */
    Calls model(String name, String input, String cached, String output, long context, String... refuses) {
        Rates rates = Rates.usd(
                new BigDecimal(input),
                new BigDecimal(output),
                new BigDecimal(cached),
                null,
                null,
                null,
                null,
                null,
                null);
        ModelTraits traits = new ModelTraits(context, 4_096, -1, null, null, Set.of(refuses), true, true);
        models.add(new Price("openai", List.of(name), null, "a test", null, Tariff.flat(rates), traits));
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
        PriceCatalogue catalogue = models.build();
        Router router = new Router(
                new RoutingTerms(
                        rules,
                        new TaskClassifier(new RulesClassifier()),
                        OutputPolicy.NONE,
                        EarlyStopTerms.NONE,
                        false,
                        FallbackTerms.NONE),
                new RoutingMemory(
                        switches,
                        conversations,
                        new LearnedCaps(0.95, 50),
                        PromptCaching.empty(),
                        new TargetHealth(Clock.systemUTC())),
                any -> promptTokens,
                new Providers(List.of(OPENAI), catalogue),
                catalogue);
        String model = exchange.facts().get().model();
        return router.route(
                exchange, Route.direct("serves the model", new Target(OPENAI, model, CHAT.path(), List.of())));
    }
}
