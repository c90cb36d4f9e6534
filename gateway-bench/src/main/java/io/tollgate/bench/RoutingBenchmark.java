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
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a rule that asks how hard a request of 2 KB is, and a cap on its answer, add to it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RoutingBenchmark {
    private static final Endpoint CHAT =
            new Endpoint(new OpenAiChatDialect(), Operation.GENERATE, null, "/v1/chat/completions", null, false);

    /** What the rule is for; the request is judged the same whichever it is. */
    @Param({"simple", "complex"})
    String complexity = "simple";

    private final RequestBody body = RequestBody.of(new String(Samples.chatRequest(2_048), StandardCharsets.UTF_8)
            .replace(",\"max_tokens\":256", "")
            .getBytes(StandardCharsets.UTF_8));
    private final RequestFacts facts = CHAT.dialect().read(CHAT, body);
    private final RequestHead head = RequestHead.of(HttpMethod.POST, CHAT.path(), EmptyHttpHeaders.INSTANCE);
    private final LearnedCaps caps = new LearnedCaps(0.95, 50);
    private final PriceCatalogue prices = PriceCatalogue.builder()
            .vendor(new Vendor("openai", List.of("api.openai.com"), List.of(), Map.of(), false))
            .provider("openai", null, "api.openai.com", Family.OPENAI)
            .add(price("gpt-4o-mini", "0.15", "0.6"))
            .add(price("gpt-4.1-nano", "0.1", "0.4"))
            .build();

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

    private List<Step> steps() {
        Provider openai =
                new Provider("openai", Family.OPENAI, URI.create("https://api.openai.com"), null, Timeouts.DEFAULT);
        Providers providers = new Providers(List.of(openai), prices);
        Conditions when = new Conditions(
                Map.of("model", List.of("gpt-4o*")), complexity.equals("simple"), 0, Long.MAX_VALUE, null);
        OutputPolicy output = new OutputPolicy(4_096, Map.of(), true, 1.5);
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
        Router router =
                new Router(terms, memory, exchange -> exchange.facts().get().textBytes() / 4, providers, prices);
        return List.of(new RouteStep(providers, router, prices), new OutputCapStep(output, caps, prices));
    }

    private List<Step> steps = List.of();

    /** Builds the steps. */
    @Setup
    public void build() {
        steps = steps();
    }

    /** Both steps; the request was read before. */
    @Benchmark
    public Exchange routeAndCap() {
        Exchange exchange = new Exchange("r", Instant.EPOCH, 0, CHAT, head, body, Runnable::run);
        exchange.caller().decide(Caller.ANONYMOUS);
        exchange.tags().decide(Tags.NONE);
        exchange.facts().decide(facts);
        for (Step step : steps) {
            step.apply(exchange);
        }
        return exchange;
    }
}
