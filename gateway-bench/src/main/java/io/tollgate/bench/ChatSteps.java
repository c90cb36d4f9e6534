package io.tollgate.bench;

import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.tollgate.core.dialect.Endpoint;
import io.tollgate.core.dialect.Family;
import io.tollgate.core.dialect.Operation;
import io.tollgate.core.dialect.RequestFacts;
import io.tollgate.core.dialect.openaichat.OpenAiChatDialect;
import io.tollgate.core.exchange.Caller;
import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.exchange.Tags;
import io.tollgate.core.http.RequestBody;
import io.tollgate.core.http.RequestHead;
import io.tollgate.core.pipeline.Step;
import io.tollgate.core.price.ModelTraits;
import io.tollgate.core.price.Price;
import io.tollgate.core.price.PriceCatalogue;
import io.tollgate.core.price.Rates;
import io.tollgate.core.price.Tariff;
import io.tollgate.core.price.Vendor;
import io.tollgate.core.provider.Provider;
import io.tollgate.core.provider.Timeouts;
import io.tollgate.core.time.Ticker;
import io.tollgate.routing.RoutingMemory;
import io.tollgate.routing.RoutingTerms;
import io.tollgate.routing.cap.LearnedCaps;
import io.tollgate.routing.cap.OutputCapStep;
import io.tollgate.routing.cap.OutputPolicy;
import io.tollgate.routing.complexity.LearnedClassifier;
import io.tollgate.routing.complexity.TaskClassifier;
import io.tollgate.routing.earlystop.EarlyStopTerms;
import io.tollgate.routing.fallback.FallbackTerms;
import io.tollgate.routing.fallback.TargetHealth;
import io.tollgate.routing.promptcache.PromptCaching;
import io.tollgate.routing.table.Conditions;
import io.tollgate.routing.table.Conversations;
import io.tollgate.routing.table.Providers;
import io.tollgate.routing.table.RouteRule;
import io.tollgate.routing.table.RouteStep;
import io.tollgate.routing.table.Router;
import io.tollgate.routing.table.RuleSwitches;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The steps that decide where a chat call goes and how long its answer may get, and calls for them. */
final class ChatSteps {
    private static final Endpoint CHAT =
            new Endpoint(new OpenAiChatDialect(), Operation.GENERATE, null, "/v1/chat/completions", null, false);

    private final RequestHead head = RequestHead.of(HttpMethod.POST, CHAT.path(), EmptyHttpHeaders.INSTANCE);
    private final LearnedCaps caps = new LearnedCaps(0.95, 50);
    private final PriceCatalogue prices = PriceCatalogue.builder()
            .vendor(new Vendor("openai", List.of("api.openai.com"), List.of(), Map.of(), false))
            .provider("openai", null, "api.openai.com", Family.OPENAI)
            .add(price("gpt-4o-mini", "0.15", "0.6"))
            .add(price("gpt-4.1-nano", "0.1", "0.4"))
            .build();
    private final OutputPolicy output = new OutputPolicy(4_096, Map.of(), true, 1.5);
    private final Providers providers = new Providers(
            List.of(new Provider(
                    "openai", Family.OPENAI, URI.create("https://api.openai.com"), null, Timeouts.DEFAULT)),
            prices);

    private static Price price(String model, String input, String output) {
        return new Price(
                "openai",
                List.of(model),
                null,
                "a benchmark",
                null,
                Tariff.flat(Rates.usd(input, output)),
                ModelTraits.UNKNOWN.withLimits(128_000, 16_384));
    }

    PriceCatalogue prices() {
        return prices;
    }

    /** Tokens of a prompt, roughly. */
    static long tokens(Exchange exchange) {
        return exchange.facts().get().textBytes() / 4;
    }

    /** With a rule for calls judged simple, or for the others. */
    Step route(boolean simple) {
        Conditions when = new Conditions(Map.of("model", List.of("gpt-4o*")), simple, 0, Long.MAX_VALUE, null);
        RoutingTerms terms = new RoutingTerms(
                List.of(new RouteRule("cheaper", when, List.of("gpt-4.1-nano"), 1_000_000)),
                new TaskClassifier(LearnedClassifier.shipped()),
                output,
                EarlyStopTerms.NONE,
                false,
                FallbackTerms.NONE);
        RoutingMemory memory = new RoutingMemory(
                new RuleSwitches(),
                new Conversations(Ticker.SYSTEM),
                caps,
                PromptCaching.empty(),
                new TargetHealth(Clock.systemUTC()));
        return new RouteStep(providers, new Router(terms, memory, ChatSteps::tokens, providers, prices), prices);
    }

    Step cap() {
        return new OutputCapStep(output, caps, prices);
    }

    static RequestFacts read(RequestBody body) {
        return CHAT.dialect().read(CHAT, body);
    }

    /** A call whose body was read, by nobody known. */
    Exchange exchange(RequestBody body, RequestFacts facts, Tags tags) {
        return exchange(body, facts, tags, Caller.ANONYMOUS);
    }

    /** A call whose body was read. */
    Exchange exchange(RequestBody body, RequestFacts facts, Tags tags, Caller caller) {
        Exchange exchange = new Exchange("r", Instant.EPOCH, 0, CHAT, head, body, Runnable::run);
        exchange.caller().decide(caller);
        exchange.tags().decide(tags);
        exchange.facts().decide(facts);
        return exchange;
    }
}
