package io.tollgate.cache.key;

import io.tollgate.core.dialect.Family;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Path and query of a request as far as they change the answer. */
final class KeyTarget {
    private static final String STREAMED = "streamGenerateContent";
    private static final String WHOLE = "generateContent";

    private KeyTarget() {}

    /** The path, then the query's parameters by name; what merely frames the answer and what holds a credential is left out. */
    static List<String> of(Family family, String target) {
        int question = target.indexOf('?');
        List<String> parts = new ArrayList<>(4);
        parts.add(path(family, question < 0 ? target : target.substring(0, question)));
        if (question >= 0) {
            for (String parameter : target.substring(question + 1).split("&")) {
                if (!parameter.isEmpty() && !isLeftOut(parameter)) {
                    parts.add(parameter);
                }
            }
            // By name alone: which of two with the same name comes first may matter.
            parts.subList(1, parts.size()).sort(Comparator.comparing(KeyTarget::name));
        }
        return parts;
    }

    /** Google streams at a path of its own; the answer is the same. */
    private static String path(Family family, String path) {
        String trimmed = path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return family == Family.GEMINI && trimmed.endsWith(STREAMED)
                ? trimmed.substring(0, trimmed.length() - STREAMED.length()) + WHOLE
                : trimmed;
    }

    private static boolean isLeftOut(String parameter) {
        String value =
                parameter.substring(Math.min(parameter.length(), name(parameter).length() + 1));
        return switch (name(parameter).toLowerCase(Locale.ROOT)) {
            case "key" -> true;
            case "alt", "$alt", "%24alt" -> value.equals("sse") || value.equals("json");
            default -> false;
        };
    }

    private static String name(String parameter) {
        int equals = parameter.indexOf('=');
        return equals < 0 ? parameter : parameter.substring(0, equals);
    }
}
