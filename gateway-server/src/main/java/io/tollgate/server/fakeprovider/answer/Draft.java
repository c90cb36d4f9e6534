package io.tollgate.server.fakeprovider.answer;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the model says, in no dialect.
 *
 * @param pieces the text, one piece per token; empty for a tool call
 * @param call the tool it calls, or null
 * @param reasoningTokens tokens of thinking before it
 * @param outputTokens all tokens generated, thinking included
 * @param end why it ended
 */
public record Draft(List<String> pieces, @Nullable ToolCall call, int reasoningTokens, int outputTokens, End end) {
    /** Why an answer ended. */
    public enum End {
        /** It was complete. */
        STOP,
        /** It reached the cap. */
        LENGTH,
        /** It calls a tool. */
        TOOL
    }

    /** The text in one piece. */
    public String text() {
        return String.join("", pieces);
    }
}
