package io.tollgate.core.tokens.prompt;

import io.tollgate.core.dialect.Family;
import io.tollgate.core.http.RequestBody;

/** Reads a request's body as the prompt it holds. Lenient: what has no meaning in the dialect counts as not there. */
public final class PromptReader {
    private PromptReader() {}

    /** The prompt of a body in the dialect of this name and family. */
    public static Prompt read(String dialect, Family family, RequestBody body) {
        return read(dialect, family, body, false);
    }

    /**
     * The prompt of a body, or of a transcript: a recording whose tool calls and results were written out as JSON in the
     * text of messages, and are read as the calls they were.
     */
    public static Prompt read(String dialect, Family family, RequestBody body, boolean transcript) {
        Json root = Json.read(body);
        Prompt.Builder prompt = new Prompt.Builder();
        switch (family) {
            case ANTHROPIC -> AnthropicPrompt.read(root, prompt);
            case GEMINI -> GeminiPrompt.read(root, prompt);
            case OPENAI -> {
                if (dialect.equals("openai-responses")) {
                    ResponsesPrompt.read(root, prompt);
                } else {
                    ChatPrompt.read(root, prompt);
                }
            }
        }
        if (transcript) {
            prompt.messages.replaceAll(WrittenCalls::unfold);
        }
        return prompt.build();
    }
}
