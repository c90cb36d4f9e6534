package io.tollgate.core.dialect.openaicompletions;

import io.tollgate.core.dialect.answer.ScanLayout;
import io.tollgate.core.dialect.answer.StreamedText;
import io.tollgate.core.dialect.json.Layout;
import io.tollgate.core.dialect.json.ParsedObject;
import io.tollgate.core.dialect.openai.CapEdit;
import io.tollgate.core.dialect.openai.ChunkDialect;
import io.tollgate.core.dialect.openai.StreamUsage;
import io.tollgate.core.dialect.openai.usage.Fact;
import io.tollgate.core.dialect.openai.usage.OpenAiPlaces;
import java.util.List;

/** {@code openai-completions}: POST …/completions, a prompt without turns; Mistral's fill-in-the-middle speaks it too. */
public final class OpenAiCompletionsDialect extends ChunkDialect {
    private static final CapEdit CAP = new CapEdit(List.of("max_tokens"));

    private static final Layout REQUEST = Layout.builder()
            .string("model")
            .flag("stream")
            .integer("n")
            .integer("best_of")
            .integer("max_tokens")
            .object(StreamUsage.OPTIONS, StreamUsage.LAYOUT)
            .text("prompt")
            .text("suffix")
            .build();

    private static final ScanLayout<Fact> ANSWER = OpenAiPlaces.answer()
            .string(Fact.FINISH, "choices.finish_reason")
            .text(Fact.TEXT, "choices.text", "choices.delta.content")
            .text(Fact.WHOLE_TEXT, "choices.message.content")
            .build();

    private static final ScanLayout<StreamedText.Place> STREAMED_TEXT = ScanLayout.<StreamedText.Place>builder()
            .itself(StreamedText.Place.EVENT)
            .pieces(StreamedText.Place.TEXT, "choices.text")
            .build();

    /** The dialect. */
    public OpenAiCompletionsDialect() {
        super("openai-completions", REQUEST, CAP, ANSWER, "text_completion", "\"text\":\"\"");
    }

    /** All of {@code best_of} are billed. */
    @Override
    protected long answers(ParsedObject root) {
        return Math.max(root.integer("n"), root.integer("best_of"));
    }

    @Override
    public ScanLayout<StreamedText.Place> streamedText() {
        return STREAMED_TEXT;
    }
}
