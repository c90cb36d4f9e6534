package io.tollgate.cache.key;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a member must not hold for the answer to be kept.
 *
 * @param word what {@link Test#EQUALS} compares with
 */
record Watch(BypassReason reason, Test test, @Nullable String word) {
    private static final Set<String> REMOTE_SCHEMES = Set.of("http", "https", "gs", "s3", "ftp", "file");
    private static final int LONGEST_LOOKED_AT = 64;

    enum Test {
        /** Anything but null, false, and an empty string, array or object. */
        PRESENT,
        /** A number above 0, also one in quotes. */
        ABOVE_ZERO,
        /** An address to be fetched from: not {@code data:}. */
        REMOTE,
        /** A list of more than one text. */
        SEVERAL,
        /** Exactly this string. */
        EQUALS
    }

    void number(int sign) {
        bypassIf(test == Test.PRESENT || (test == Test.ABOVE_ZERO && sign > 0));
    }

    void flag(boolean value) {
        bypassIf(test == Test.PRESENT && value);
    }

    /** An object with so many members, or an array with so many elements that are not numbers. */
    void container(int size) {
        bypassIf((test == Test.PRESENT && size > 0) || (test == Test.SEVERAL && size > 1));
    }

    /** UTF-8. */
    void text(byte[] bytes, int offset, int length) {
        if (test == Test.PRESENT) {
            bypassIf(length > 0);
            return;
        }
        String text = new String(bytes, offset, Math.min(length, LONGEST_LOOKED_AT), StandardCharsets.UTF_8);
        bypassIf(
                switch (test) {
                    case ABOVE_ZERO -> isAboveZero(text);
                    case REMOTE -> isRemote(text);
                    case EQUALS -> text.equals(word);
                    case PRESENT, SEVERAL -> false;
                });
    }

    /** What is no number is taken for one above zero: a provider may read it so. */
    private static boolean isAboveZero(String text) {
        String mantissa = text.strip().toLowerCase(Locale.ROOT).split("e", 2)[0];
        boolean zero = !mantissa.isEmpty() && mantissa.chars().allMatch(c -> "+-.0".indexOf(c) >= 0);
        return !zero && !mantissa.startsWith("-");
    }

    private static boolean isRemote(String text) {
        int colon = text.indexOf(':');
        return colon > 0
                && REMOTE_SCHEMES.contains(text.substring(0, colon).strip().toLowerCase(Locale.ROOT));
    }

    private void bypassIf(boolean found) {
        if (found) {
            throw new BypassException(reason);
        }
    }
}
