package io.tollgate.core.dialect.openai;

import io.tollgate.core.dialect.Endpoint;
import io.tollgate.core.dialect.RequestFacts;
import io.tollgate.core.dialect.RequestFacts.UsageOption;
import io.tollgate.core.dialect.StreamEnding;
import io.tollgate.core.dialect.answer.ScanLayout;
import io.tollgate.core.dialect.json.Layout;
import io.tollgate.core.dialect.json.ParsedObject;
import io.tollgate.core.dialect.openai.usage.Fact;
import io.tollgate.core.http.BodyEdit;
import io.tollgate.core.sse.EventGate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Dialects that stream chunks of {@code choices} and tell usage in a chunk of its own, to those who ask. */
public abstract class ChunkDialect extends OpenAiDialect {
    private final String object;
    private final String emptyAnswer;

    /**
     * A dialect of chunks.
     *
     * @param object each chunk's {@code object}
     * @param emptyAnswer the members of a choice that adds no text, e.g. {@code "delta":{}}
     */
    protected ChunkDialect(
            String name, Layout request, CapEdit cap, ScanLayout<Fact> answer, String object, String emptyAnswer) {
        super(name, request, cap, answer);
        this.object = object;
        this.emptyAnswer = emptyAnswer;
    }

    @Override
    protected final UsageOption usageOption(ParsedObject root, boolean stream) {
        return StreamUsage.read(root, stream);
    }

    @Override
    public final List<BodyEdit> askForUsage(RequestFacts facts) {
        return StreamUsage.ask(facts);
    }

    @Override
    public final EventGate dropUnaskedUsage() {
        return new UnaskedUsageGate();
    }

    @Override
    public final StreamEnding streamEnding(Endpoint endpoint, RequestFacts facts, @Nullable String contentType) {
        return new ChunkEnding(object, emptyAnswer, facts);
    }
}
