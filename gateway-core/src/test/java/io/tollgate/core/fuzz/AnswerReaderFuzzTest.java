package io.tollgate.core.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
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
import io.tollgate.core.dialect.tunnel.TunnelDialect;
import io.tollgate.core.exchange.End;
import io.tollgate.core.http.ResponseHead;
import io.tollgate.core.sse.Chunks;
import io.tollgate.core.usage.Usage;
import io.tollgate.core.usage.UsageReport;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Whatever a provider sends, a report comes out: the same however it arrived, of counts that can be added up. */
class AnswerReaderFuzzTest {
    private static final long MOST = 10_000_000_000_000L;
    private static final RequestFacts REQUEST = RequestFacts.unread("asked", true);
    /** Made anew for each answer: a background response is billed once, whoever fetches it. */
    private static final List<Supplier<Dialect>> DIALECTS = List.of(
            OpenAiChatDialect::new,
            OpenAiResponsesDialect::new,
            AnthropicDialect::new,
            GeminiDialect::new,
            () -> new TunnelDialect(new OpenAiChatDialect(), true));

    @FuzzTest
    void whatever_a_provider_sends_a_sound_report_comes_out_however_it_arrives(FuzzedDataProvider data) {
        long seed = data.consumeLong();
        End end = data.pickValue(List.of(End.COMPLETE, End.CLIENT_GONE, End.UPSTREAM_FAILED));
        boolean declared = data.consumeBoolean();
        byte[] answer = data.consumeRemainingAsBytes();
        for (Supplier<Dialect> dialects : DIALECTS) {
            Dialect dialect = dialects.get();
            UsageReader reader = reader(dialect, declared);
            reader.bytes(answer, 0, answer.length);
            reader.end(end);
            UsageReport whole = reader.report(end);
            checkSound(whole);
            assertThat(reader.outputBytesSeen()).isBetween(0L, (long) answer.length);

            UsageReader chunked = reader(dialects.get(), declared);
            Chunks.random(new Random(seed), answer, chunked::bytes);
            chunked.end(end);
            assertThat(chunked.report(end)).as(dialect.name()).isEqualTo(whole);
            assertThat(chunked.outputBytesSeen()).as(dialect.name()).isEqualTo(reader.outputBytesSeen());
        }
    }

    private static UsageReader reader(Dialect dialect, boolean declared) {
        Operation operation = dialect instanceof TunnelDialect ? Operation.TUNNEL : Operation.GENERATE;
        UsageReader reader = dialect.usageReader(new Endpoint(dialect, operation, null, "/", null, true), REQUEST);
        DefaultHttpHeaders headers = new DefaultHttpHeaders();
        if (declared) {
            headers.set("content-type", "text/event-stream");
        }
        reader.head(new ResponseHead(200, headers));
        return reader;
    }

    private static void checkSound(UsageReport report) {
        Usage usage = report.usage();
        assertThat(usage.input()).isBetween(0L, MOST);
        assertThat(usage.cacheRead()).isBetween(0L, MOST);
        assertThat(usage.cacheWrite5m()).isBetween(0L, MOST);
        assertThat(usage.cacheWrite1h()).isBetween(0L, MOST);
        assertThat(usage.output()).isBetween(0L, MOST);
        assertThat(usage.reasoning()).isBetween(0L, usage.output());
        assertThat(usage.inputAudio()).isBetween(0L, usage.input());
        assertThat(usage.cacheReadAudio()).isBetween(0L, usage.cacheRead());
        assertThat(usage.outputAudio()).isBetween(0L, usage.output());
        assertThat(usage.webSearches()).isNotNegative();
        assertThat(report.statedCostNanos()).isGreaterThanOrEqualTo(-1);
    }
}
