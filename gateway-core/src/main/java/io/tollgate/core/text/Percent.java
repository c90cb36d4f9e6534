package io.tollgate.core.text;

import java.nio.charset.StandardCharsets;

/** Text made fit for logs, URLs and names of files: its UTF-8 percent-encoded but for letters, digits and {@code . _ - @ : /}. */
public final class Percent {
    private static final String PLAIN = "._-@:/";
    private static final String HEX = "0123456789ABCDEF";

    private Percent() {}

    /** Two texts are equal if these are. */
    public static String encoded(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (isAlphanumeric(b) || PLAIN.indexOf(b) >= 0) {
                out.append((char) b);
            } else {
                out.append('%').append(HEX.charAt((b >> 4) & 15)).append(HEX.charAt(b & 15));
            }
        }
        return out.toString();
    }

    private static boolean isAlphanumeric(byte b) {
        return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9');
    }
}
