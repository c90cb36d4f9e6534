package io.tollgate.core.tokens.formula;

import io.tollgate.core.tokens.prompt.Medium;
import java.util.Locale;

/**
 * What OpenAI bills for media. Source: OpenAI's guide on images: by tiles of 512 pixels after scaling, or, for small
 * models, by patches of 32 pixels.
 *
 * @param base tokens of any image, and of one in low detail; 0 for models that count patches
 * @param tile tokens per tile
 * @param patch tokens per patch
 */
record OpenAiImages(int base, int tile, double patch) {
    private static final int LARGEST = 2_048;
    private static final int SHORTER_SIDE = 768;
    private static final int TILE = 512;
    private static final int PATCH = 32;
    private static final int MOST_PATCHES = 1_536;

    static OpenAiImages of(String model) {
        String name = model.toLowerCase(Locale.ROOT);
        if (name.contains("4.1-nano") || name.contains("gpt-5-nano")) {
            return new OpenAiImages(0, 0, 2.46);
        }
        if (name.contains("4.1-mini") || name.contains("gpt-5-mini")) {
            return new OpenAiImages(0, 0, 1.62);
        }
        if (name.contains("o4-mini")) {
            return new OpenAiImages(0, 0, 1.72);
        }
        if (name.contains("4o-mini")) {
            return new OpenAiImages(2_833, 5_667, 0);
        }
        if (name.contains("gpt-5")) {
            return new OpenAiImages(70, 140, 0);
        }
        if (name.startsWith("o1") || name.startsWith("o3")) {
            return new OpenAiImages(75, 150, 0);
        }
        return new OpenAiImages(85, 170, 0);
    }

    long tokens(Medium medium) {
        return switch (medium.kind()) {
            case IMAGE -> image(medium);
            case AUDIO -> MediaTokens.OPENAI_AUDIO_PER_SECOND * MediaTokens.seconds(medium);
            case DOCUMENT, VIDEO -> MediaTokens.PAGE * MediaTokens.pages(medium);
        };
    }

    private long image(Medium medium) {
        ImageSize size = ImageSize.of(medium);
        if (patch > 0) {
            long patches = size.squares(PATCH);
            if (patches > MOST_PATCHES) {
                double pixels = (double) size.width() * size.height();
                patches = Math.min(
                        MOST_PATCHES,
                        size.scaled(Math.sqrt(MOST_PATCHES * PATCH * PATCH / pixels))
                                .squares(PATCH));
            }
            return (long) Math.ceil(patches * patch);
        }
        if (medium.low()) {
            return base;
        }
        return base + tile * size.within(LARGEST).shorterWithin(SHORTER_SIDE).squares(TILE);
    }
}
