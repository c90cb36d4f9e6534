package io.tollgate.core.dialect.answer;

import io.tollgate.core.dialect.RequestFacts;
import io.tollgate.core.usage.Usage;

/** What a call probably used where the provider did not say, from the sizes of its texts. */
final class Estimate {
    /** English text in the tokenizers of 2023 and later; other languages and code differ by up to a factor of two. */
    private static final long BYTES_PER_TOKEN = 4;
    /** Role and separators around each message, as OpenAI documents it. */
    private static final long TOKENS_PER_TURN = 4;
    /** A 1024 x 1024 image in high detail, by OpenAI's published formula: 85 + 4 tiles of 170. */
    private static final long TOKENS_PER_IMAGE = 765;

    private Estimate() {}

    static long tokens(long textBytes) {
        return Math.ceilDiv(textBytes, BYTES_PER_TOKEN);
    }

    static long input(RequestFacts facts) {
        return tokens(facts.textBytes()) + TOKENS_PER_TURN * facts.turns().size() + TOKENS_PER_IMAGE * facts.images();
    }

    /** Never more than the caller's own cap allows. */
    static long output(RequestFacts facts, long textBytes) {
        long tokens = tokens(textBytes);
        return facts.outputCap() < 0 ? tokens : Math.min(tokens, saturated(facts.outputCap(), facts.answers()));
    }

    private static long saturated(long cap, int answers) {
        return cap > Long.MAX_VALUE / Math.max(1, answers) ? Long.MAX_VALUE : cap * Math.max(1, answers);
    }

    /** What was told, with at least the output that was seen. */
    static Usage completed(Usage told, long output) {
        return output <= told.output() ? told : told.plus(new Usage(0, 0, 0, 0, output - told.output(), 0, 0, 0, 0, 0));
    }
}
