package io.tollgate.core.dialect.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/** How parts of a body may appear in a message: names shortened and harmless, numbers as they are, other values by their type. */
final class Shown {
    private static final int MAX_NAME = 40;

    private Shown() {}

    static String name(String name) {
        StringBuilder shown = new StringBuilder(MAX_NAME).append('"');
        for (int i = 0; i < Math.min(name.length(), MAX_NAME); i++) {
            char c = name.charAt(i);
            shown.append(c < ' ' || c > '~' ? '?' : c);
        }
        return shown.append(name.length() > MAX_NAME ? "…\"" : "\"").toString();
    }

    static String number(String digits) {
        return digits.length() > MAX_NAME ? "a number of " + digits.length() + " digits" : digits;
    }

    static String token(@Nullable JsonToken token) {
        if (token == null) {
            return "blank";
        }
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a string";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            case VALUE_NULL -> "null";
            default -> "something else";
        };
    }
}
