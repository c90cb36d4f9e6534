package io.tollgate.core.dialect.json;

/** Writes strings as JSON. */
public final class JsonString {
    private static final String HEX = "0123456789abcdef";

    private JsonString() {}

    /** The text in quotes, escaped; lone surrogates become U+FFFD, so that the result is valid in UTF-8. */
    public static String quote(String text) {
        StringBuilder json = new StringBuilder(text.length() + 16).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                default -> {
                    if (c < ' ' || c == '\u2028' || c == '\u2029' || c == 0x7F) {
                        json.append("\\u");
                        for (int shift = 12; shift >= 0; shift -= 4) {
                            json.append(HEX.charAt(c >> shift & 15));
                        }
                    } else if (!Character.isSurrogate(c)) {
                        json.append(c);
                    } else if (Character.isHighSurrogate(c)
                            && i + 1 < text.length()
                            && Character.isLowSurrogate(text.charAt(i + 1))) {
                        json.append(c).append(text.charAt(++i));
                    } else {
                        json.append('\uFFFD');
                    }
                }
            }
        }
        return json.append('"').toString();
    }
}
