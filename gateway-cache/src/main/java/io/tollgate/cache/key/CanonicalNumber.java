package io.tollgate.cache.key;

import java.nio.charset.StandardCharsets;

/**
 * A JSON number by its value: sign, digits without zeros at either end, power of ten. {@code 1}, {@code 1.0} and
 * {@code 10e-1} are one number, zero has no sign, and no digit is lost however many there are. Linear in its length.
 */
final class CanonicalNumber {
    /** Exponents beyond so many digits are nobody's meaning and would overflow. */
    private static final int LONGEST_EXPONENT = 15;

    private CanonicalNumber() {}

    /**
     * Writes the number that begins at {@code from}; a parser has checked its syntax.
     *
     * @return its sign: -1, 0 or 1
     */
    static int write(byte[] source, int from, int limit, Scratch out) {
        boolean negative = source[from] == '-';
        int digits = 0;
        int trailingZeros = 0;
        long power = 0;
        boolean fraction = false;
        int start = out.size();
        out.add(negative ? '-' : '+');
        int at = negative ? from + 1 : from;
        for (; at < limit && isMantissa(source[at]); at++) {
            byte b = source[at];
            if (b == '.') {
                fraction = true;
                continue;
            }
            power -= fraction ? 1 : 0;
            if (b != '0' || digits > 0) {
                out.add(b);
                digits++;
                trailingZeros = b == '0' ? trailingZeros + 1 : 0;
            }
        }
        if (digits == 0) {
            out.cut(start);
            out.add('0');
            return 0;
        }
        out.cut(out.size() - trailingZeros);
        power += trailingZeros + exponent(source, at, limit);
        out.add('e');
        byte[] text = Long.toString(power).getBytes(StandardCharsets.ISO_8859_1);
        out.add(text, 0, text.length);
        return negative ? -1 : 1;
    }

    private static boolean isMantissa(byte b) {
        return isDigit(b) || b == '.';
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private static long exponent(byte[] source, int from, int limit) {
        if (from >= limit || (source[from] | 0x20) != 'e') {
            return 0;
        }
        int at = from + 1;
        boolean negative = at < limit && source[at] == '-';
        at += negative || (at < limit && source[at] == '+') ? 1 : 0;
        long exponent = 0;
        int digits = 0;
        for (; at < limit && isDigit(source[at]); at++) {
            exponent = exponent * 10 + source[at] - '0';
            digits += exponent > 0 ? 1 : 0;
            if (digits > LONGEST_EXPONENT) {
                throw new BypassException(BypassReason.NUMBER);
            }
        }
        return negative ? -exponent : exponent;
    }
}
