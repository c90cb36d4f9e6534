package io.tollgate.core.dialect.answer;

import java.nio.charset.StandardCharsets;

/** A number or a boolean as it stands in JSON. */
final class Scalar {
    private static final int MOST_LONG_DIGITS = 18;

    private Scalar() {}

    /** Tells what the bytes say; nothing when they are null, or not what JSON calls a number. */
    static <P> void tell(ScanNode<P> node, P place, ScanListener<P> listener, byte[] bytes, int from, int to) {
        if (node.tells(ScanNode.NUMBER)) {
            number(place, listener, bytes, from, to);
        }
        if (node.tells(ScanNode.FLAG) && is(bytes, from, to, "true")) {
            listener.flag(place, true);
        } else if (node.tells(ScanNode.FLAG) && is(bytes, from, to, "false")) {
            listener.flag(place, false);
        }
    }

    private static <P> void number(P place, ScanListener<P> listener, byte[] bytes, int from, int to) {
        boolean negative = bytes[from] == '-';
        int first = negative ? from + 1 : from;
        int at = first;
        long number = 0;
        while (at < to && isDigit(bytes[at]) && at - first < MOST_LONG_DIGITS) {
            number = number * 10 + (bytes[at++] - '0');
        }
        if (at == first) {
            return;
        }
        if (at == to) {
            listener.number(place, negative ? -number : number);
        } else if (isNumber(bytes, at, to)) {
            listener.decimal(place, new String(bytes, from, to - from, StandardCharsets.US_ASCII));
        }
    }

    /** Whether the rest, from behind a digit, is that of a number: digits, a fraction, an exponent. */
    private static boolean isNumber(byte[] bytes, int from, int to) {
        int at = digits(bytes, from, to);
        if (at < to && bytes[at] == '.') {
            int fraction = at + 1;
            at = digits(bytes, fraction, to);
            if (at == fraction) {
                return false;
            }
        }
        if (at < to && (bytes[at] == 'e' || bytes[at] == 'E')) {
            boolean signed = at + 1 < to && (bytes[at + 1] == '+' || bytes[at + 1] == '-');
            int exponent = at + (signed ? 2 : 1);
            at = digits(bytes, exponent, to);
            if (at == exponent) {
                return false;
            }
        }
        return at == to;
    }

    private static int digits(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && isDigit(bytes[at])) {
            at++;
        }
        return at;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private static boolean is(byte[] bytes, int from, int to, String word) {
        if (to - from != word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (bytes[from + i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
