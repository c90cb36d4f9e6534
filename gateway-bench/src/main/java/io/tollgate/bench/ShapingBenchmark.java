package io.tollgate.bench;

import io.tollgate.core.dialect.RequestFacts;
import io.tollgate.core.exchange.Caller;
import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.exchange.Tags;
import io.tollgate.core.http.RequestBody;
import io.tollgate.core.pipeline.Outcome;
import io.tollgate.core.pipeline.OwnCalls;
import io.tollgate.core.pipeline.Step;
import io.tollgate.core.provider.Route;
import io.tollgate.core.time.Ticker;
import io.tollgate.routing.shaping.Levers;
import io.tollgate.routing.shaping.ShapeStep;
import io.tollgate.routing.shaping.ShapingTerms;
import io.tollgate.routing.shaping.ShapingWork;
import io.tollgate.routing.shaping.history.HistoryLimit;
import io.tollgate.routing.shaping.text.Strategy;
import io.tollgate.routing.table.Conditions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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

/**
 * What shaping adds to a conversation of nine turns, by lever, and with a rule and a cap. Bodies of 40 KB are shaped on
 * another thread, and the time includes the way there and back.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class ShapingBenchmark {
    /** Of the request's body. */
    @Param({"2048", "40960"})
    int bytes = 2_048;

    /** {@code other}: rules for other calls than this; {@code short}: limits this one keeps within. */
    @Param({"other", "short", "history", "trim", "truncate", "all"})
    String levers = "all";

    private final ChatSteps chat = new ChatSteps();
    private RequestBody body = RequestBody.EMPTY;
    private RequestFacts facts = ChatSteps.read(RequestBody.of(Samples.conversation(2_048)));
    private Tags tags = Tags.NONE;
    private int callers;
    private final Step cap = chat.cap();
    private @Nullable Step route;
    private @Nullable Step shape;
    private @Nullable Route placed;

    /** Builds the steps; the windows leave four of nine turns out, truncation a third of the rest. */
    @Setup
    public void build() {
        body = RequestBody.of(Samples.conversation(bytes));
        facts = ChatSteps.read(body);
        tags = Tags.of(Map.of("feature", "chat"));
        route = chat.route(true);
        shape = new ShapeStep(terms(), new ShapingWork(Ticker.SYSTEM), OwnCalls.NONE, ChatSteps::tokens, chat.prices());
        Exchange first = chat.exchange(body, facts, tags);
        pass(first, route);
        placed = first.route().get();
    }

    private ShapingTerms terms() {
        HistoryLimit window = new HistoryLimit(4, Long.MAX_VALUE, 1);
        int tokens = bytes / 4;
        boolean together = levers.equals("all");
        Levers own = levers.equals("short")
                ? new Levers(
                        new HistoryLimit(40, Long.MAX_VALUE, 1), 100_000, Strategy.RELEVANT, false, Set.of("extract"))
                : new Levers(
                        together || levers.equals("history") ? window : HistoryLimit.NONE,
                        together ? tokens * 2L / 5 : levers.equals("truncate") ? tokens * 2L / 3 : Long.MAX_VALUE,
                        Strategy.RELEVANT,
                        together || levers.equals("trim"),
                        Set.of());
        String feature = levers.equals("other") ? "legal" : "ch*";
        Conditions calls = new Conditions(Map.of("feature", List.of(feature)), null, 0, Long.MAX_VALUE, null);
        return new ShapingTerms(List.of(new ShapingTerms.Rule(calls, own)), Levers.NONE);
    }

    /** Shaping; where the call goes was decided before. */
    @Benchmark
    public Exchange shape() {
        Exchange exchange = chat.exchange(body, facts, tags);
        exchange.route().decide(Objects.requireNonNull(placed));
        pass(exchange, shape);
        return exchange;
    }

    /** With a rule that asks how hard the request is, which no conversation that is known would be asked, and a cap. */
    @Benchmark
    public Exchange routeShapeAndCap() {
        Caller caller = new Caller(Integer.toString(callers++), Tags.NONE, List.of(), null, Set.of());
        Exchange exchange = chat.exchange(body, facts, tags, caller);
        pass(exchange, route);
        pass(exchange, shape);
        pass(exchange, cap);
        return exchange;
    }

    private static void pass(Exchange exchange, @Nullable Step step) {
        if (Objects.requireNonNull(step).apply(exchange) instanceof Outcome.Await<?> waiting) {
            shaped(waiting);
        }
    }

    private static <T> void shaped(Outcome.Await<T> waiting) {
        if (!Outcome.NEXT.equals(
                waiting.thenOnLoop().apply(waiting.stage().toCompletableFuture().join()))) {
            throw new IllegalStateException("shaping answers no call");
        }
    }
}
