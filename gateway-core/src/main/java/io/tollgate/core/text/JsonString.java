package io.tollgate.core.text;

/** Text as a JSON string, for the few places that write JSON by hand. */
public final class JsonString {
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private JsonString() {}

    /** Between quotes. */
    public static String quoted(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        out.append('"');
        escape(text, out);
        return out.append('"').toString();
    }

    /** Without quotes. Line separators are escaped too, so that a line stays a line. */
    public static void escape(String text, StringBuilder out) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || c == 0x7f || c == '\u2028' || c == '\u2029') {
                out.append("\\u")
                        .append(HEX[c >> 12])
                        .append(HEX[(c >> 8) & 15])
                        .append(HEX[(c >> 4) & 15])
                        .append(HEX[c & 15]);
            } else {
                out.append(c);
            }
        }
    }
}
