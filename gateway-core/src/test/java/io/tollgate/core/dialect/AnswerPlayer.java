package io.tollgate.core.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.tollgate.core.exchange.End;
import io.tollgate.core.http.Members;
import io.tollgate.core.http.ResponseHead;
import io.tollgate.core.sse.Chunks;
import io.tollgate.core.usage.UsageReport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Plays answers past a dialect's usage reader, cut in every way. */
public final class AnswerPlayer {
    private final Dialect dialect;
    private final Endpoint endpoint;
    private final RequestFacts request;

    /** Plays answers to one request. */
    public AnswerPlayer(Dialect dialect, Operation operation, RequestFacts request) {
        this.dialect = dialect;
        this.endpoint = new Endpoint(dialect, operation, null, "/v1/x", request.model(), request.stream());
        this.request = request;
    }

    /** A request of which only its text is known. */
    public static RequestFacts textOf(int bytes) {
        return new RequestFacts(
                null,
                true,
                -1,
                null,
                1,
                RequestFacts.UsageOption.NOT_APPLICABLE,
                Members.NONE,
                java.util.List.of(),
                bytes,
                0,
                0);
    }

    /** The report on a whole answer, which is the same wherever it is cut in two. */
    public UsageReport everywhere(String contentType, byte[] answer, End end) {
        Played whole = play(200, contentType, answer, answer.length, end);
        for (int cut = 0; cut < answer.length; cut++) {
            assertThat(play(200, contentType, answer, cut, end))
                    .as("cut at %d", cut)
                    .isEqualTo(whole);
        }
        return whole.report();
    }

    /** The report on an answer in one piece. */
    public UsageReport once(int status, @Nullable String contentType, byte[] answer, End end) {
        return play(status, contentType, answer, answer.length, end).report();
    }

    /** The report on an answer in random pieces. */
    public UsageReport randomly(Random random, @Nullable String contentType, byte[] answer, End end) {
        UsageReader reader = started(200, contentType);
        Chunks.random(random, answer, reader::bytes);
        reader.end(end);
        assertThat(reader.outputBytesSeen()).isNotNegative();
        return reader.report(end);
    }

    private Played play(int status, @Nullable String contentType, byte[] answer, int cut, End end) {
        UsageReader reader = started(status, contentType);
        Chunks.cutAt(cut, answer, reader::bytes);
        reader.end(end);
        return new Played(reader.report(end), reader.outputBytesSeen());
    }

    private UsageReader started(int status, @Nullable String contentType) {
        UsageReader reader = dialect.usageReader(endpoint, request);
        DefaultHttpHeaders headers = new DefaultHttpHeaders();
        if (contentType != null) {
            headers.set("content-type", contentType);
        }
        reader.head(new ResponseHead(status, headers));
        return reader;
    }

    /** A file beside a test's class. */
    public static byte[] resource(Class<?> test, String name) throws IOException {
        try (InputStream in = test.getResourceAsStream(name)) {
            assertThat(in).as("resource %s", name).isNotNull();
            return in == null ? new byte[0] : in.readAllBytes();
        }
    }

    /** Text as bytes. */
    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private record Played(UsageReport report, long textBytes) {}
}
