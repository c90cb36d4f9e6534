package io.tollgate.bench;

import io.tollgate.core.dialect.scan.AnswerScanner;
import io.tollgate.core.dialect.scan.ScanLayout;
import io.tollgate.core.dialect.scan.ScanListener;
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

/** What one event of a streamed answer costs to be cut out and searched for usage, finish reason and text. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class UsageScanBenchmark {
    private static final ScanLayout CHAT = ScanLayout.builder()
            .values("model", "service_tier", "choices[].finish_reason")
            .under(
                    "usage",
                    "prompt_tokens",
                    "completion_tokens",
                    "prompt_tokens_details.cached_tokens",
                    "completion_tokens_details.reasoning_tokens")
            .text("choices[].delta.content")
            .build();

    private final byte[] text = Samples.chatEvent("some words");
    private final byte[] usage = Samples.usageEvent();
    private long seen;
    private final AnswerScanner scanner = new AnswerScanner(CHAT, new ScanListener() {
        @Override
        public void number(String path, long value) {
            seen += value;
        }

        @Override
        public void text(String path, int bytes) {
            seen += bytes;
        }
    });

    /** An event with a few words. */
    @Benchmark
    public long textEvent() {
        scanner.bytes(text, 0, text.length);
        return seen;
    }

    /** The event with the counts. */
    @Benchmark
    public long usageEvent() {
        scanner.bytes(usage, 0, usage.length);
        return seen;
    }
}
