package io.tollgate.core.tokens;

import io.tollgate.core.dialect.Family;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Models that are billed for a prompt in one way, told by their name, whoever serves them and in whichever dialect. */
public enum ModelFamily {
    /** GPT-3.5 and GPT-4 until Turbo. */
    OPENAI_CL100K(4.3, 12, 1_000),
    /** GPT-4o to GPT-4.5. */
    OPENAI_O200K(4.3, 12, 1_000),
    /** The o-series and GPT-5 on. */
    OPENAI_REASONING(4.3, 30, 1_000),
    /** Claude 2 to 3.5. */
    CLAUDE_3(4.2, 275, 1_400),
    /** Claude 3.7 to 4.6. */
    CLAUDE_4(4.2, 510, 1_400),
    /** Claude Opus 4.7 and all of Claude 5 on: another tokenizer. */
    CLAUDE_5(3.2, 430, 1_400),
    /** Gemini 1 and 2.0. */
    GEMINI_2(4.3, 5, 258),
    /** Gemini 2.5 on. */
    GEMINI_3(4.3, 20, 1_120),
    /** Mistral. */
    MISTRAL(4.0, 0, 1_000),
    /** DeepSeek. */
    DEEPSEEK(4.2, 205, 1_000),
    /** xAI's Grok. */
    GROK(4.2, 145, 1_000),
    /** Meta's Llama. */
    LLAMA(4.0, 550, 1_000),
    /** Alibaba's Qwen. */
    QWEN(4.0, 110, 1_000),
    /** Anything else. */
    OTHER(4.0, 60, 1_000);

    private static final Pattern CLAUDE_NEWEST =
            Pattern.compile("opus-4-([7-9]|\\d\\d)(?!\\d)|(opus|sonnet|haiku|fable|mythos)-([5-9]|\\d\\d)(?!\\d)");
    private static final Pattern GPT_OLD = Pattern.compile("gpt-3|gpt-4(-(?![15](-|$))|$)|text-|davinci|babbage");
    private static final Pattern REASONING = Pattern.compile("(^|[/.])(gpt-([5-9]|oss)|o\\d|codex|computer-use)");
    private static final Pattern OPENAI =
            Pattern.compile("gpt-|chatgpt|(^|[/.])o\\d(-|$)|text-|davinci|codex|computer-use");

    private final double bytesPerToken;
    private final int toolPrompt;
    private final int image;

    ModelFamily(double bytesPerToken, int toolPrompt, int image) {
        this.bytesPerToken = bytesPerToken;
        this.toolPrompt = toolPrompt;
        this.image = image;
    }

    /** UTF-8 bytes of English in a token; where learning starts. */
    public double bytesPerToken() {
        return bytesPerToken;
    }

    /** Tokens added once where tools are offered. */
    public int toolPrompt() {
        return toolPrompt;
    }

    /** Tokens of an image, sound or document of usual size. */
    public int image() {
        return image;
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
