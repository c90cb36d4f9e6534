package io.tollgate.core.dialect.json;

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
}
