package io.tollgate.server.relay;

import java.nio.charset.StandardCharsets;

/** Text from elsewhere as a header's value: what is not printable ASCII is percent-encoded UTF-8, and so is the percent sign. */
final class HeaderText {
    private static final String HEX = "0123456789ABCDEF";

    private HeaderText() {}

    static String of(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isPlain(text.charAt(i))) {
                return encoded(text);
            }
        }
        return text;
    }

    private static boolean isPlain(int c) {
        return c >= ' ' && c < 0x7f && c != '%';
    }

    private static String encoded(String text) {
        StringBuilder encoded = new StringBuilder(text.length() + 16);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (isPlain(b)) {
                encoded.append((char) b);
            } else {
                encoded.append('%').append(HEX.charAt(b >> 4 & 15)).append(HEX.charAt(b & 15));
            }
        }
        return encoded.toString();
    }
}
