package io.tollgate.core.dialect.gemini;

import io.tollgate.core.http.BodyEdit;
import io.tollgate.core.http.Members;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The cap on output tokens, which stands inside {@code generationConfig}; Google reads both spellings of every name. */
final class GeminiCap {
    static final String CONFIG = "generationConfig";
    static final String CONFIG_SNAKE = "generation_config";
    static final String FIELD = "maxOutputTokens";
    static final String FIELD_SNAKE = "max_output_tokens";

    /** Both spellings of the tokens for thinking, which count against the cap. */
    static final Set<String> THINKING_BUDGET = Set.of("thinkingBudget", "thinking_budget");

    private GeminiCap() {}

    /** Where thinking is configured, or null. */
    static Members.@Nullable Member thinking(Members body) {
        Members config = body.inner(configName(body));
        Members.Member thinking = config.get("thinkingConfig");
        return thinking != null ? thinking : config.get("thinking_config");
    }

    /** The spelling the caller used for the cap, or null where there is none. */
    static @Nullable String fieldUsed(Members body) {
        Members config = body.inner(configName(body));
        return config.get(FIELD) != null ? FIELD : config.get(FIELD_SNAKE) != null ? FIELD_SNAKE : null;
    }

    /** Sets it where it stands, or adds it, with the object around it when that is missing. */
    static BodyEdit set(Members body, @Nullable String field, long tokens) {
        String config = configName(body);
        String used = fieldUsed(body);
        String name = used != null ? used : field != null ? field : FIELD;
        Members inner = body.inner(config);
        return inner.open() < 0
                ? body.set(config, "{\"" + name + "\":" + tokens + "}")
                : inner.set(name, Long.toString(tokens));
    }

    private static String configName(Members body) {
        return body.get(CONFIG_SNAKE) != null ? CONFIG_SNAKE : CONFIG;
    }
}
