package io.tollgate.bench;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.tollgate.core.dialect.Dialect;
import io.tollgate.core.dialect.Endpoint;
import io.tollgate.core.dialect.Operation;
import io.tollgate.core.dialect.RequestFacts;
import io.tollgate.core.dialect.UsageReader;
import io.tollgate.core.dialect.anthropic.AnthropicDialect;
import io.tollgate.core.dialect.gemini.GeminiDialect;
import io.tollgate.core.dialect.openaichat.OpenAiChatDialect;
import io.tollgate.core.dialect.openairesponses.OpenAiResponsesDialect;
import io.tollgate.core.exchange.End;
import io.tollgate.core.http.ResponseHead;
import io.tollgate.core.usage.UsageReport;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one event of a streamed answer costs to be cut out and searched for usage, finish reason and text: streams of 200
 * events, a chunk each, with what the reader of a stream itself costs spread over them. {@code -prof gc} shows the bytes.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class AnswerReaderBenchmark {
    private static final int EVENTS = 200;
    private static final RequestFacts REQUEST = RequestFacts.unread("gpt-4o-mini", true);
    private static final ResponseHead HEAD =
            new ResponseHead(200, new DefaultHttpHeaders().set("content-type", "text/event-stream"));

    /** Whose stream. */
    @Param({"openai-chat", "openai-responses", "anthropic", "gemini"})
    public String dialect = "";

    private byte[][] stream = {};
    private Dialect reading = new OpenAiChatDialect();
    private Endpoint endpoint = new Endpoint(reading, Operation.GENERATE, null, "/", null, true);

    /** Makes the stream. */
    @Setup
    public void make() {
        reading = switch (dialect) {
            case "openai-chat" -> new OpenAiChatDialect();
            case "openai-responses" -> new OpenAiResponsesDialect();
            case "anthropic" -> new AnthropicDialect();
            default -> new GeminiDialect();
        };
        stream = switch (dialect) {
            case "openai-chat" -> Streams.chat(EVENTS);
            case "openai-responses" -> Streams.responses(EVENTS);
            case "anthropic" -> Streams.messages(EVENTS);
            default -> Streams.gemini(EVENTS);
        };
        endpoint = new Endpoint(reading, Operation.GENERATE, null, "/", null, true);
    }

    /** A whole stream, an event per chunk. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public UsageReport read() {
        UsageReader reader = reading.usageReader(endpoint, REQUEST);
        reader.head(HEAD);
        for (byte[] event : stream) {
            reader.bytes(event, 0, event.length);
        }
        reader.end(End.COMPLETE);
        return reader.report(End.COMPLETE);
    }
}
