package io.tollgate.bench;

import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.tollgate.cache.key.CacheableRequest;
import io.tollgate.cache.key.KeyReader;
import io.tollgate.cache.key.KeyResult;
import io.tollgate.cache.key.Scope;
import io.tollgate.core.dialect.Endpoint;
import io.tollgate.core.dialect.Operation;
import io.tollgate.core.dialect.openaichat.OpenAiChatDialect;
import io.tollgate.core.http.RequestBody;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** From a request to the key of its answer: parse, canonical form, SHA-256. */
@State(org.openjdk.jmh.annotations.Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CacheKeyBenchmark {
    /** Bytes of the body. */
    @Param({"2048", "40960"})
    int size;

    private final KeyReader reader = new KeyReader();
    private CacheableRequest request = request(new byte[0]);

    /** Builds the body. */
    @Setup
    public void build() {
        request = request(Samples.chatRequest(size));
    }

    private static CacheableRequest request(byte[] body) {
        return new CacheableRequest(
                new Scope("key:checkout-api"),
                new Endpoint(new OpenAiChatDialect(), Operation.GENERATE, null, "/v1/chat/completions", null, false),
                1,
                "openai",
                "gpt-4o-mini",
                "/v1/chat/completions",
                EmptyHttpHeaders.INSTANCE,
                RequestBody.of(body));
    }

    /** The sample's temperature is above 0. */
    @Benchmark
    public KeyResult key() {
        return reader.read(request, true);
    }
}
