package io.tollgate.core.dialect.gemini;

import java.nio.charset.StandardCharsets;

/** The model in a path like {@code /v1beta/models/gemini-3-flash:generateContent}. */
final class ModelPath {
    private static final String MODELS = "/models/";
    private static final String TUNED = "/tunedModels/";
    private static final String HEX = "0123456789ABCDEF";

    private ModelPath() {}

    /**
     * The path with another model; a tuned model gives way to a plain one.
     *
     * @throws IllegalArgumentException when the path names no model
     */
    static String replace(String path, String model) {
        int models = path.lastIndexOf(MODELS);
        int tuned = path.lastIndexOf(TUNED);
        int from = Math.max(models, tuned);
        if (from < 0) {
            throw new IllegalArgumentException("path " + path + " names no model; expected " + MODELS + "{model}");
        }
        int name = from + (tuned > models ? TUNED : MODELS).length();
        return path.substring(0, from) + MODELS + encode(model) + path.substring(nameEnd(path, name));
    }

    /** Where the method's colon stands, or the path's end. */
    private static int nameEnd(String path, int from) {
        int colon = path.lastIndexOf(':');
        if (colon >= from) {
            return colon;
        }
        int encoded = Math.max(path.lastIndexOf("%3A"), path.lastIndexOf("%3a"));
        return encoded >= from ? encoded : path.length();
    }

    /** All but RFC 3986's unreserved characters as percent-encoded UTF-8: a slash or colon must not end the name. */
    private static String encode(String model) {
        StringBuilder encoded = new StringBuilder(model.length());
        for (byte b : model.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            boolean plain = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || "-._~".indexOf(c) >= 0;
            if (plain) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            }
        }
        return encoded.toString();
    }
}
