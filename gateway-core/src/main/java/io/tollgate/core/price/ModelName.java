package io.tollgate.core.price;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Spellings of model names that mean the same: {@code models/gemini-2.5-pro} and {@code Gemini-2-5-pro};
 * {@code gpt-4o-mini-2024-07-18}, {@code claude-sonnet-4-5@20250929}, {@code gemini-2.0-flash-001} and
 * {@code claude-3-7-sonnet-latest} are dated or versioned forms of a name.
 */
final class ModelName {
    /** Longer names are nobody's model. */
    static final int MAX_LENGTH = 256;

    private static final String[] PATHS = {"publishers/google/models/", "publishers/anthropic/models/", "models/"};

    /** 2024-07-18, 20250929, 0613 or 2411, 001; the longest first. */
    private static final String[] SHAPES = {"-dddd-dd-dd", "-dddddddd", "-dddd", "-0dd"};

    private ModelName() {}

    /** Lower case, without a resource path, {@code -} for a dot between digits. */
    static String normal(String name) {
        String plain = name.strip().toLowerCase(Locale.ROOT);
        for (String path : PATHS) {
            if (plain.startsWith(path)) {
                plain = plain.substring(path.length());
                break;
            }
        }
        if (plain.indexOf('.') < 0) {
            return plain;
        }
        char[] chars = plain.toCharArray();
        for (int i = 1; i < chars.length - 1; i++) {
            if (chars[i] == '.' && digit(chars[i - 1]) && digit(chars[i + 1])) {
                chars[i] = '-';
            }
        }
        return new String(chars);
    }

    /** A normal name without its last date or version, or null when it ends in none. */
    static @Nullable String undated(String name) {
        int at = name.indexOf('@');
        if (at > 0) {
            return name.substring(0, at);
        }
        if (name.endsWith("-latest")) {
            return name.substring(0, name.length() - "-latest".length());
        }
        for (String shape : SHAPES) {
            int cut = name.length() - shape.length();
            if (cut > 0 && fits(name, cut, shape)) {
                return name.substring(0, cut);
            }
        }
        return null;
    }

    private static boolean fits(String name, int from, String shape) {
        for (int i = 0; i < shape.length(); i++) {
            char wanted = shape.charAt(i);
            char is = name.charAt(from + i);
            if (wanted == 'd' ? !digit(is) : is != wanted) {
                return false;
            }
        }
        return true;
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }
}
