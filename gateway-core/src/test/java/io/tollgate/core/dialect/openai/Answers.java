package io.tollgate.core.dialect.openai;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.tollgate.core.dialect.Dialect;
import io.tollgate.core.dialect.Endpoint;
import io.tollgate.core.dialect.Operation;
import io.tollgate.core.dialect.RequestFacts;
import io.tollgate.core.dialect.RequestFacts.Turn;
import io.tollgate.core.dialect.RequestFacts.UsageOption;
import io.tollgate.core.dialect.UsageReader;
import io.tollgate.core.dialect.openaichat.OpenAiChatDialect;
import io.tollgate.core.dialect.openaicompletions.OpenAiCompletionsDialect;
import io.tollgate.core.dialect.openaiembeddings.OpenAiEmbeddingsDialect;
import io.tollgate.core.dialect.openairesponses.OpenAiResponsesDialect;
import io.tollgate.core.dialect.tunnel.TunnelDialect;
import io.tollgate.core.exchange.End;
import io.tollgate.core.http.Members;
import io.tollgate.core.http.ResponseHead;
import io.tollgate.core.http.Span;
import io.tollgate.core.usage.UsageReport;
import java.util.List;

/** Feeds answers to a dialect's reader. */
public final class Answers {
    /** A prompt of 24 bytes in one turn: by the readers' estimate ten tokens. */
    public static final RequestFacts REQUEST = new RequestFacts(
            "asked",
            true,
            -1,
            null,
            1,
            UsageOption.ABSENT,
            Members.NONE,
            List.of(new Turn("user", new Span(0, 1), 24)),
            24,
            0,
            0);

    private Answers() {}

    /** The dialect of this name. */
    public static Dialect dialect(String name) {
        return switch (name) {
            case "openai-chat" -> new OpenAiChatDialect();
            case "openai-responses" -> new OpenAiResponsesDialect();
            case "openai-completions" -> new OpenAiCompletionsDialect();
            case "openai-embeddings" -> new OpenAiEmbeddingsDialect();
            case "tunnel" -> new TunnelDialect(new OpenAiChatDialect(), true);
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** A reader for an answer to {@link #REQUEST}. */
    public static UsageReader reader(Dialect dialect) {
        Operation operation = dialect instanceof TunnelDialect ? Operation.TUNNEL : Operation.GENERATE;
        return dialect.usageReader(new Endpoint(dialect, operation, null, "/", null, false), REQUEST);
    }

    /** The report when the answer arrives in pieces cut at these positions. */
    public static UsageReport read(UsageReader reader, int status, byte[] answer, End end, int... cuts) {
        if (status > 0) {
            reader.head(new ResponseHead(status, new DefaultHttpHeaders()));
        }
        int from = 0;
        for (int cut : cuts) {
            give(reader, answer, from, cut);
            from = cut;
        }
        give(reader, answer, from, answer.length);
        reader.end(end);
        return reader.report(end);
    }

    /** In an array of its own that is overwritten afterwards: what a reader keeps of it would show. */
    private static void give(UsageReader reader, byte[] answer, int from, int to) {
        byte[] lent = new byte[to - from + 3];
        System.arraycopy(answer, from, lent, 2, to - from);
        reader.bytes(lent, 2, to - from);
        java.util.Arrays.fill(lent, (byte) '#');
    }
}
