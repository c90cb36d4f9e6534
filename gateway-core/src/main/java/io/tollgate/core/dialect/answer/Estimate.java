package io.tollgate.core.dialect.answer;

import io.tollgate.core.dialect.RequestFacts;

/**
 * What a call probably used where the provider did not say, from the sizes of its texts.
 *
 * @param tenthsPerToken tenths of a byte of text per token
 * @param tokensPerImage tokens of one picture
 */
public record Estimate(long tenthsPerToken, long tokensPerImage) {
    /** Roles and separators around one message, as OpenAI documents it. */
    private static final long TOKENS_PER_TURN = 4;

    /** What the request's input comes to. */
    long input(RequestFacts request) {
        return tokens(request.textBytes())
                + TOKENS_PER_TURN * request.turns().size()
                + tokensPerImage * request.images();
    }

    /** What this much generated text comes to; never more than the caller's own cap allows. */
    long output(RequestFacts request, long textBytes) {
        long tokens = tokens(textBytes);
        long cap = request.outputCap();
        long answers = Math.max(1, request.answers());
        return cap < 0 || cap > Long.MAX_VALUE / answers ? tokens : Math.min(tokens, cap * answers);
    }

    private long tokens(long textBytes) {
        return Math.ceilDiv(textBytes * 10, tenthsPerToken);
    }
}
