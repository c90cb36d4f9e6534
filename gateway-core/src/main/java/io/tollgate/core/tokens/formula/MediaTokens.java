package io.tollgate.core.tokens.formula;

import io.tollgate.core.tokens.prompt.Medium;

/**
 * What images, sounds and documents cost at Anthropic and Google, and what to take where a size cannot be seen. Sources:
 * the providers' guides on vision, audio and documents. Sounds and documents are only guessed from their bytes.
 */
final class MediaTokens {
    /** A page as text and as a picture: Anthropic says 1,500 to 3,000 for text alone of a dense one. */
    static final long PAGE = 2_000;

    /** OpenAI's guide: an hour of sound is 36,000 tokens. */
    static final long OPENAI_AUDIO_PER_SECOND = 10;

    private static final long GEMINI_AUDIO_PER_SECOND = 32;
    private static final long GEMINI_VIDEO_PER_SECOND = 300;
    private static final long GEMINI_PAGE = 258;
    private static final long GEMINI_3_IMAGE = 1_120;
    private static final int GEMINI_TILE = 768;
    private static final int GEMINI_SMALL = 384;
    private static final int CLAUDE_LONGEST = 1_568;
    private static final int CLAUDE_PIXELS = 750;
    private static final long CLAUDE_MOST = 1_600;
    /** Bytes of a second of compressed sound or film, of a page of a document; one of each where there are fewer. */
    private static final long BYTES_PER_SECOND = 16_000;

    private static final long BYTES_PER_PAGE = 50_000;

    private MediaTokens() {}

    static long claude(Medium medium) {
        if (medium.kind() != Medium.Kind.IMAGE) {
            return PAGE * pages(medium);
        }
        ImageSize size = ImageSize.of(medium).within(CLAUDE_LONGEST);
        return Math.min(CLAUDE_MOST, Math.ceilDiv((long) size.width() * size.height(), CLAUDE_PIXELS));
    }

    static long gemini(Medium medium, boolean third) {
        return switch (medium.kind()) {
            case AUDIO -> GEMINI_AUDIO_PER_SECOND * seconds(medium);
            case VIDEO -> GEMINI_VIDEO_PER_SECOND * seconds(medium);
            case DOCUMENT -> GEMINI_PAGE * pages(medium);
            case IMAGE -> third ? GEMINI_3_IMAGE : geminiImage(ImageSize.of(medium));
        };
    }

    private static long geminiImage(ImageSize size) {
        boolean small = size.width() <= GEMINI_SMALL && size.height() <= GEMINI_SMALL;
        return GEMINI_PAGE * (small ? 1 : size.squares(GEMINI_TILE));
    }

    static long seconds(Medium medium) {
        return Math.max(1, medium.bytes() / BYTES_PER_SECOND);
    }

    static long pages(Medium medium) {
        return Math.max(1, medium.bytes() / BYTES_PER_PAGE);
    }
}
