package io.tollgate.bench;

import io.tollgate.core.sse.EventFilter;
import io.tollgate.core.sse.EventGate.Verdict;
import io.tollgate.core.sse.SseSplitter;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What one event of a streamed answer costs to be cut out and judged. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class EventTapBenchmark {
    private final byte[] event = Samples.chatEvent("some words");
    private long seen;
    private final SseSplitter splitter = new SseSplitter((lent, offset, length) -> seen += length);
    private final EventFilter filter = new EventFilter(
            (lent, offset, length) -> lent[offset] == ':' ? Verdict.DROP : Verdict.PASS,
            (lent, offset, length) -> seen += length,
            SseSplitter::new);

    /** Cut only: an event per chunk. */
    @Benchmark
    public long cut() {
        splitter.feed(event, 0, event.length);
        return seen;
    }

    /** Cut, where the event comes in two chunks and has to be put together. */
    @Benchmark
    public long cutInTwo() {
        int half = event.length / 2;
        splitter.feed(event, 0, half);
        splitter.feed(event, half, event.length - half);
        return seen;
    }

    /** Cut, judged and passed on. */
    @Benchmark
    public long filter() {
        filter.feed(event, 0, event.length);
        return seen;
    }
}
