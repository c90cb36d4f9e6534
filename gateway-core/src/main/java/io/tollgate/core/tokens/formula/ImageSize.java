package io.tollgate.core.tokens.formula;

import io.tollgate.core.tokens.prompt.Medium;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** An image's size in pixels, read from the head of a PNG, JPEG, GIF or WebP file. */
record ImageSize(int width, int height) {
    /** Taken where the size cannot be seen. */
    static final ImageSize USUAL = new ImageSize(1_024, 1_024);

    /** So much of a file is looked at: a JPEG's size stands behind its thumbnail. */
    private static final int HEAD = 128 << 10;

    static ImageSize of(Medium image) {
        byte[] head = head(image.base64());
        ImageSize size = head == null ? null : new Reading(head).size();
        return size == null || size.width < 1 || size.height < 1 ? USUAL : size;
    }

    private static byte @Nullable [] head(String base64) {
        int length = Math.min(base64.length(), HEAD) / 4 * 4;
        try {
            return length == 0 ? null : Base64.getMimeDecoder().decode(base64.substring(0, length));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** The size when scaled down until neither side is longer than this. */
    ImageSize within(int longest) {
        int longer = Math.max(width, height);
        return longer <= longest ? this : scaled((double) longest / longer);
    }

    /** The size when scaled down until its shorter side is no longer than this. */
    ImageSize shorterWithin(int longest) {
        int shorter = Math.min(width, height);
        return shorter <= longest ? this : scaled((double) longest / shorter);
    }

    ImageSize scaled(double factor) {
        return new ImageSize(Math.max(1, (int) (width * factor)), Math.max(1, (int) (height * factor)));
    }

    /** Squares of this side that cover it. */
    long squares(int side) {
        return (long) Math.ceilDiv(width, side) * Math.ceilDiv(height, side);
    }

    /** A file's first bytes; behind them stand zeros. */
    private record Reading(byte[] bytes) {
        private static final int PNG = 0x89504E47;
        private static final int GIF = 0x47494638;
        private static final int RIFF = 0x52494646;

        @Nullable
        ImageSize size() {
            int magic = u16(0) << 16 | u16(2);
            if (magic == PNG) {
                return new ImageSize(u16(16) << 16 | u16(18), u16(20) << 16 | u16(22));
            }
            if (magic == GIF) {
                return new ImageSize(le16(6), le16(8));
            }
            if (magic == RIFF) {
                return webp();
            }
            return u16(0) == 0xFFD8 ? jpeg() : null;
        }

        private @Nullable ImageSize webp() {
            return switch (u8(15)) {
                case 'X' -> new ImageSize(1 + (le16(24) | u8(26) << 16), 1 + (le16(27) | u8(29) << 16));
                case 'L' -> new ImageSize(1 + (le16(21) & 0x3FFF), 1 + (le16(22) >> 6 | (u8(24) & 0x0F) << 10));
                case ' ' -> new ImageSize(le16(26) & 0x3FFF, le16(28) & 0x3FFF);
                default -> null;
            };
        }

        private @Nullable ImageSize jpeg() {
            for (int at = 2; at + 9 < bytes.length && u8(at) == 0xFF; at += 2 + Math.max(2, u16(at + 2))) {
                int marker = u8(at + 1);
                boolean frame = marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
                if (frame) {
                    return new ImageSize(u16(at + 7), u16(at + 5));
                }
            }
            return null;
        }

        private int u8(int at) {
            return at < bytes.length ? bytes[at] & 0xFF : 0;
        }

        private int u16(int at) {
            return u8(at) << 8 | u8(at + 1);
        }

        private int le16(int at) {
            return u8(at) | u8(at + 1) << 8;
        }
    }
}
