package io.tollgate.core.tokens;

import io.tollgate.core.dialect.Family;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Models that are billed for a prompt in one way, told by their name, whoever serves them and in whichever dialect. */
public enum ModelFamily {
    /** GPT-3.5 and GPT-4 until Turbo. */
    OPENAI_CL100K(3.7),
    /** GPT-4o to GPT-4.5. */
    OPENAI_O200K(3.8),
    /** The o-series and GPT-5 on. */
    OPENAI_REASONING(3.8),
    /** Claude 2 to 3.5. */
    CLAUDE_3(3.4),
    /** Claude 3.7 to 4.6. */
    CLAUDE_4(3.4),
    /** Claude Opus 4.7 and all of Claude 5 on: another tokenizer. */
    CLAUDE_5(2.7),
    /** Gemini 1 and 2.0. */
    GEMINI_2(4.0),
    /** Gemini 2.5 on. */
    GEMINI_3(4.0),
    /** Mistral. */
    MISTRAL(3.5),
    /** DeepSeek. */
    DEEPSEEK(3.7),
    /** xAI's Grok. */
    GROK(3.8),
    /** Meta's Llama. */
    LLAMA(3.7),
    /** Alibaba's Qwen. */
    QWEN(3.7),
    /** Anything else. */
    OTHER(3.5);

    private static final Pattern CLAUDE_NEWEST =
            Pattern.compile("opus-4-([7-9]|\\d\\d)(?!\\d)|(opus|sonnet|haiku|fable|mythos)-([5-9]|\\d\\d)(?!\\d)");
    private static final Pattern GPT_OLD = Pattern.compile("gpt-3|gpt-4(-|$)|text-|davinci|babbage");
    private static final Pattern REASONING = Pattern.compile("(^|[/.])(gpt-([5-9]|oss)|o\\d|codex|computer-use)");
    private static final Pattern OPENAI =
            Pattern.compile("gpt-|chatgpt|(^|[/.])o\\d(-|$)|text-|davinci|codex|computer-use");

    private final double bytesPerToken;

    ModelFamily(double bytesPerToken) {
        this.bytesPerToken = bytesPerToken;
    }

    /** UTF-8 bytes of English in a token; where learning starts. */
    public double bytesPerToken() {
        return bytesPerToken;
    }

    /** The family of a model by its name; by the dialect where the name says nothing. */
    public static ModelFamily of(@Nullable String model, Family dialect) {
        if (model == null) {
            return of(dialect);
        }
        String name = model.toLowerCase(Locale.ROOT).replace('.', '-');
        if (name.contains("claude")) {
            return claude(name);
        }
        if (name.contains("gemini")) {
            return name.contains("gemini-1") || name.contains("gemini-2-0") ? GEMINI_2 : GEMINI_3;
        }
        if (name.contains("mistral") || name.contains("magistral") || name.contains("ministral")) {
            return MISTRAL;
        }
        if (name.contains("deepseek")) {
            return DEEPSEEK;
        }
        if (name.contains("grok")) {
            return GROK;
        }
        if (name.contains("llama")) {
            return LLAMA;
        }
        if (name.contains("qwen")) {
            return QWEN;
        }
        return OPENAI.matcher(name).find() ? openAi(name) : of(dialect);
    }

    private static ModelFamily of(Family dialect) {
        return switch (dialect) {
            case ANTHROPIC -> CLAUDE_4;
            case GEMINI -> GEMINI_3;
            case OPENAI -> OTHER;
        };
    }

    private static ModelFamily openAi(String name) {
        if (REASONING.matcher(name.replace("openai-", "")).find()) {
            return OPENAI_REASONING;
        }
        return GPT_OLD.matcher(name).find() ? OPENAI_CL100K : OPENAI_O200K;
    }

    private static ModelFamily claude(String name) {
        if (CLAUDE_NEWEST.matcher(name).find()) {
            return CLAUDE_5;
        }
        boolean third = name.contains("claude-3") && !name.contains("claude-3-7");
        return third || name.contains("claude-2") || name.contains("instant") ? CLAUDE_3 : CLAUDE_4;
    }
}
