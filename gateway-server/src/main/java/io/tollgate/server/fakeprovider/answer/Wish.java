package io.tollgate.server.fakeprovider.answer;

import org.jspecify.annotations.Nullable;

/**
 * What an answer shall be like, where a script asks for more than the dialect's own answer.
 *
 * @param status a status of 400 and above makes it the provider's own error; 0 for the natural one
 * @param text the text to answer, or null for one that follows from the prompt
 * @param tokens tokens to generate, or -1 for a plausible number; the request's own cap still holds
 * @param usage what it says of its usage
 * @param message the message of an error, or null for the provider's own words
 */
public record Wish(
        int status,
        @Nullable String text,
        int tokens,
        UsageMode usage,
        @Nullable String message) {
    /** Nothing special. */
    public static final Wish NONE = new Wish(0, null, -1, UsageMode.NORMAL, null);

    /** With this status. */
    public Wish withStatus(int wished) {
        return new Wish(wished, text, tokens, usage, message);
    }

    /** With this text. */
    public Wish withText(String wished) {
        return new Wish(status, wished, tokens, usage, message);
    }

    /** With so many tokens. */
    public Wish withTokens(int wished) {
        return new Wish(status, text, wished, usage, message);
    }

    /** With such a usage. */
    public Wish withUsage(UsageMode wished) {
        return new Wish(status, text, tokens, wished, message);
    }

    /** With this error message. */
    public Wish withMessage(String wished) {
        return new Wish(status, text, tokens, usage, wished);
    }
}
