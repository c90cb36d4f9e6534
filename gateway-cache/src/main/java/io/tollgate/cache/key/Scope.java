package io.tollgate.cache.key;

import java.nio.charset.StandardCharsets;

/**
 * Those who share answers. Its text tells scopes apart without ambiguity and is fit for logs, URLs and files: names and
 * values are percent-encoded but for letters, digits and {@code . _ - @ : /}; it never holds a credential.
 *
 * @param text e.g. {@code key:checkout-api}, {@code team=checkout,user=ann}, {@code global}
 */
public record Scope(String text) {
    /** All callers share. */
    public static final Scope GLOBAL = new Scope("global");

    private static final String PLAIN = "._-@:/";
    private static final String HEX = "0123456789ABCDEF";

    /** {@code name=value} with both encoded. */
    static String dimension(String name, String value) {
        return encoded(name) + "=" + encoded(value);
    }

    static String encoded(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = isAlphanumeric(b) || PLAIN.indexOf(b) >= 0;
            if (plain) {
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

    @Override
    public String toString() {
        return text;
    }
}
