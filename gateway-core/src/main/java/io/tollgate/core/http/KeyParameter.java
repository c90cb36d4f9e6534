package io.tollgate.core.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The query parameter {@code key}, in which Google takes a credential. Found however its name is spelt: a provider decodes
 * {@code %6bey} and ignores case, so a credential must not hide there. Source: Google's system parameters, which may have
 * a {@code $} before their names.
 */
public final class KeyParameter {
    private static final String NAME = "key";
    private static final String NAME_OF_SYSTEM = "$key";

    private KeyParameter() {}

    /** The credentials in a query, decoded, in order. */
    public static List<String> in(@Nullable String query) {
        if (query == null) {
            return List.of();
        }
        List<String> keys = List.of();
        for (int from = 0; from <= query.length(); ) {
            int end = endOfParameter(query, from);
            int equals = nameEnd(query, from, end);
            if (equals < end && isKey(query, from, equals)) {
                keys = keys.isEmpty() ? new ArrayList<>(1) : keys;
                keys.add(decoded(query.substring(equals + 1, end)));
            }
            from = end + 1;
        }
        return keys;
    }

    /** The query without them; the same string where there are none. */
    public static @Nullable String without(@Nullable String query) {
        if (query == null) {
            return null;
        }
        StringBuilder kept = new StringBuilder(query.length());
        boolean found = false;
        for (int from = 0; from <= query.length(); ) {
            int end = endOfParameter(query, from);
            if (isKey(query, from, nameEnd(query, from, end))) {
                found = true;
            } else {
                kept.append(kept.isEmpty() ? "" : "&").append(query, from, end);
            }
            from = end + 1;
        }
        return found ? kept.toString() : query;
    }

    private static int endOfParameter(String query, int from) {
        int end = query.indexOf('&', from);
        return end < 0 ? query.length() : end;
    }

    private static int nameEnd(String query, int from, int end) {
        int equals = query.indexOf('=', from);
        return equals < 0 || equals > end ? end : equals;
    }

    private static boolean isKey(String query, int from, int to) {
        boolean longest = to - from > 3 * NAME_OF_SYSTEM.length();
        if (longest || to == from) {
            return false;
        }
        String name = decoded(query.substring(from, to));
        return name.equalsIgnoreCase(NAME) || name.equalsIgnoreCase(NAME_OF_SYSTEM);
    }

    /** A plus stays a plus, which a key may hold; what is not validly encoded stays as it is. */
    private static String decoded(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
