package io.tollgate.core.json;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Strings for the names that requests repeat. A slot is overwritten by whoever comes last, so the table is bounded
 * whatever callers send; threads race for slots harmlessly, because a string is what it is from anywhere.
 */
final class Names {
    private static final int SLOTS = 512;
    private static final int LONGEST = 32;
    private static final @Nullable String[] KNOWN = new String[SLOTS];

    private Names() {}

    /** The name that stands in these bytes, which are ASCII without escapes. */
    static String of(byte[] bytes, int from, int length) {
        if (length > LONGEST) {
            return new String(bytes, from, length, StandardCharsets.ISO_8859_1);
        }
        int hash = length;
        for (int i = from; i < from + length; i++) {
            hash = 31 * hash + bytes[i];
        }
        int slot = (hash ^ hash >>> 9) & (SLOTS - 1);
        String known = KNOWN[slot];
        if (known != null && is(known, bytes, from, length)) {
            return known;
        }
        String name = new String(bytes, from, length, StandardCharsets.ISO_8859_1);
        KNOWN[slot] = name;
        return name;
    }

    private static boolean is(String known, byte[] bytes, int from, int length) {
        if (known.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (known.charAt(i) != bytes[from + i]) {
                return false;
            }
        }
        return true;
    }
}
