package io.tollgate.core.dialect;

import java.util.Locale;

/** A provider's language: its error shape and the headers it takes a credential in. The {@code dialect:} of the configuration. */
public enum Family {
    /** OpenAI and everyone compatible with it. */
    OPENAI,
    /** Anthropic. */
    ANTHROPIC,
    /** Google's Gemini. */
    GEMINI;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** The name in the configuration. */
    public String wireName() {
        return wireName;
    }
}
