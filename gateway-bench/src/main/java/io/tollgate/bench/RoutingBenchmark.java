package io.tollgate.bench;

import io.tollgate.core.dialect.RequestFacts;
import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.exchange.Tags;
import io.tollgate.core.http.RequestBody;
import io.tollgate.core.pipeline.Step;
import java.nio.charset.StandardCharsets;
import java.util.List;
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
    /** What the rule is for; the request is judged the same whichever it is. */
    @Param({"simple", "complex"})
    String complexity = "simple";

    private final RequestBody body = RequestBody.of(new String(Samples.chatRequest(2_048), StandardCharsets.UTF_8)
            .replace(",\"max_tokens\":256", "")
            .getBytes(StandardCharsets.UTF_8));
    private final RequestFacts facts = ChatSteps.read(body);
    private final ChatSteps chat = new ChatSteps();
    private List<Step> steps = List.of();

    /** Builds the steps. */
    @Setup
    public void build() {
        steps = List.of(chat.route(complexity.equals("simple")), chat.cap());
    }

    /** Both steps; the request was read before. */
    @Benchmark
    public Exchange routeAndCap() {
        Exchange exchange = chat.exchange(body, facts, Tags.NONE);
        for (Step step : steps) {
            step.apply(exchange);
        }
        return exchange;
    }
}
