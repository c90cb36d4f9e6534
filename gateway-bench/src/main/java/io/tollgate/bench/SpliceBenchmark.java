package io.tollgate.bench;

import io.tollgate.core.dialect.json.Layout;
import io.tollgate.core.dialect.json.RequestReader;
import io.tollgate.core.http.BodyEdit;
import io.tollgate.core.http.Members;
import io.tollgate.core.http.RequestBody;
import io.tollgate.core.http.SplicedBody;
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

/** Another model and another cap spliced into a body that has been read, written out into a reused array. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SpliceBenchmark {
    /** Bytes of the body. */
    @Param({"2048", "40960"})
    int size;

    private RequestBody body = RequestBody.EMPTY;
    private Members members = Members.NONE;
    private byte[] out = new byte[0];
    private int written;

    /** Reads the body once. */
    @Setup
    public void read() {
        body = RequestBody.of(Samples.chatRequest(size));
        members = RequestReader.read(body, Layout.builder().build()).root().members();
        out = new byte[size + 1024];
    }

    /** Two edits and the write. */
    @Benchmark
    public int modelAndCap() {
        List<BodyEdit> edits = List.of(members.set("model", "\"gpt-4o\""), members.set("max_tokens", "1024"));
        written = 0;
        new SplicedBody(body, edits).writeTo((array, offset, length) -> {
            System.arraycopy(array, offset, out, written, length);
            written += length;
        });
        return written;
    }
}
