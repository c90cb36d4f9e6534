package io.tollgate.core.dialect.openaichat;

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

/** {@code openai-chat}: POST …/chat/completions. Source: OpenAI's API reference and the compatible hosts' answers. */
public final class OpenAiChatDialect extends ChunkDialect {
    private static final CapEdit CAP = new CapEdit(List.of("max_completion_tokens", "max_tokens"));

    private static final Layout REQUEST = Layout.builder()
            .string("model")
            .flag("stream")
            .integer("n")
            .integer("max_completion_tokens")
            .integer("max_tokens")
            .object(StreamUsage.OPTIONS, StreamUsage.LAYOUT)
            .turns("messages")
            .tools("tools")
            .tools("functions")
            .rawText("response_format")
            .media("image_url", "input_audio", "file", "images", "video_url", "audio_url")
            .silent("type", "role", "id", "tool_call_id", "detail", "cache_control")
            .build();

    /** Where generated text stands in a message, or in a piece of one. */
    private static final String[] TEXTS = {
        "content",
        "content.text",
        "content.thinking.text",
        "refusal",
        "reasoning",
        "reasoning_content",
        "function_call.name",
        "function_call.arguments",
        "tool_calls.function.name",
        "tool_calls.function.arguments",
        "tool_calls.custom.input",
        "audio.transcript"
    };

    private static final ScanLayout<Fact> ANSWER = answer();

    private static final ScanLayout<StreamedText.Place> STREAMED_TEXT = ScanLayout.<StreamedText.Place>builder()
            .itself(StreamedText.Place.EVENT)
            .pieces(StreamedText.Place.TEXT, "choices.delta.content")
            .build();

    /** The dialect. */
    public OpenAiChatDialect() {
        super("openai-chat", REQUEST, CAP, ANSWER, "chat.completion.chunk", "\"delta\":{}");
    }

    private static ScanLayout<Fact> answer() {
        ScanLayout.Builder<Fact> answer = OpenAiPlaces.answer().string(Fact.FINISH, "choices.finish_reason");
        answer.in("choices.delta").text(Fact.TEXT, TEXTS);
        answer.in("choices.message").text(Fact.WHOLE_TEXT, TEXTS);
        return answer.build();
    }

    @Override
    protected long answers(ParsedObject root) {
        return root.integer("n");
    }

    @Override
    public ScanLayout<StreamedText.Place> streamedText() {
        return STREAMED_TEXT;
    }
}
