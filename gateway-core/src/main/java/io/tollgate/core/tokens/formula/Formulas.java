package io.tollgate.core.tokens.formula;

import io.tollgate.core.tokens.ModelFamily;
import io.tollgate.core.tokens.prompt.Prompt;

/** The formula of each family. */
public final class Formulas {
    private Formulas() {}

    /**
     * Tokens a prompt is billed.
     *
     * @param dialect it is sent in: OpenAI's two dialects differ by what they add
     * @param path it is sent to: Vertex AI adds less than the Gemini API
     */
    public static long tokens(Prompt prompt, ModelFamily family, String dialect, String path, String model) {
        return switch (family) {
            case OPENAI_CL100K, OPENAI_O200K, OPENAI_REASONING -> new OpenAiFormula(family, dialect, model).of(prompt);
            case CLAUDE_3, CLAUDE_4, CLAUDE_5 -> new ClaudeFormula(family).of(prompt);
            case GEMINI_2, GEMINI_3 -> new GeminiFormula(family, path.contains("/projects/"), model).of(prompt);
            case MISTRAL, DEEPSEEK, GROK, LLAMA, QWEN, OTHER ->
                OpenModelFormula.of(family).of(prompt);
        };
    }
}
