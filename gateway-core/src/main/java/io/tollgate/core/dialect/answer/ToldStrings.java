package io.tollgate.core.dialect.answer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The strings told last at each place: spares making the same one anew for each of a thousand events. */
final class ToldStrings {
    private final byte[][] bytes;
    private final @Nullable String[] texts;

    ToldStrings(int slots) {
        bytes = new byte[slots][];
        texts = new String[slots];
    }

    /** The text of these bytes, read at this place. */
    String at(int slot, byte[] from, int offset, int length) {
        String text = texts[slot];
        if (text == null || !Arrays.equals(bytes[slot], 0, bytes[slot].length, from, offset, offset + length)) {
            text = new String(from, offset, length, StandardCharsets.UTF_8);
            texts[slot] = text;
            bytes[slot] = Arrays.copyOfRange(from, offset, offset + length);
        }
        return text;
    }
}
