package io.tollgate.bench;

import io.tollgate.core.dialect.json.Layout;
import io.tollgate.core.dialect.json.ParsedRequest;
import io.tollgate.core.dialect.json.RequestReader;
import io.tollgate.core.http.RequestBody;
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

/** The one pass over a request's body that finds its facts and where they stand. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RequestReaderBenchmark {
    private static final Layout CHAT = Layout.builder()
            .string("model")
            .flag("stream")
            .integer("max_tokens")
            .integer("max_completion_tokens")
            .integer("n")
            .turns("messages")
            .tools("tools")
            .build();

    /** Bytes of the body. */
    @Param({"2048", "40960"})
    int size;

    private RequestBody body = RequestBody.EMPTY;

    /** Builds the body. */
    @Setup
    public void build() {
        body = RequestBody.of(Samples.chatRequest(size));
    }

    /** From bytes to facts. */
    @Benchmark
    public ParsedRequest read() {
        return RequestReader.read(body, CHAT);
    }
}
