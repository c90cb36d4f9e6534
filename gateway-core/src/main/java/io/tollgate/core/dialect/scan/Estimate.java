package io.tollgate.core.dialect.scan;

import io.tollgate.core.dialect.RequestFacts;

/** What a call probably used where the provider did not say, from the sizes of its texts. */
final class Estimate {
    /** Tenths of a byte per token: 3.6, English prose in the tokenizers of 2024 and later; code takes fewer. */
    private static final long TENTHS_PER_TOKEN = 36;
    /** Roles and separators around one message. */
    private static final long TOKENS_PER_TURN = 4;
    /** One picture of about a megapixel: Gemini bills 258 a tile, Anthropic width x height / 750. */
    private static final long TOKENS_PER_IMAGE = 1_300;

    private Estimate() {}

    static long tokens(long textBytes) {
        return Math.ceilDiv(textBytes * 10, TENTHS_PER_TOKEN);
    }

    static long input(RequestFacts request) {
        return tokens(request.textBytes())
                + TOKENS_PER_TURN * request.turns().size()
                + TOKENS_PER_IMAGE * request.images();
    }

    /** Never more than the caller's own cap allows. */
    static long output(RequestFacts request, long textBytes) {
        long tokens = tokens(textBytes);
        long cap = request.outputCap();
        long answers = Math.max(1, request.answers());
        return cap < 0 || cap > Long.MAX_VALUE / answers ? tokens : Math.min(tokens, cap * answers);
    }
}
