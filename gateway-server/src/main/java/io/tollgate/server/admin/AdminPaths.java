package io.tollgate.server.admin;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which resource answers which path. A pattern's segment in braces, as in {@code /api/v1/budgets/{name}}, takes any. */
final class AdminPaths {
    private record Pattern(String[] segments, AdminResource resource) {}

    /**
     * A resource that was found.
     *
     * @param names what stood where the pattern has braces, percent-decoded
     */
    record Found(AdminResource resource, Map<String, String> names) {}

    private final Map<String, AdminResource> exact = new TreeMap<>();
    private final List<Pattern> patterns = new ArrayList<>();

    AdminPaths(Map<String, AdminResource> resources) {
        exact.putAll(resources);
        resources.forEach((path, resource) -> {
            if (path.contains("{")) {
                patterns.add(new Pattern(path.split("/", -1), resource));
            }
        });
    }

    /** The resource of a path, or null. */
    @Nullable
    Found find(String path) {
        AdminResource named = path.contains("{") ? null : exact.get(path);
        if (named != null) {
            return new Found(named, Map.of());
        }
        String[] segments = path.split("/", -1);
        for (Pattern pattern : patterns) {
            Map<String, String> names = match(pattern.segments(), segments);
            if (names != null) {
                return new Found(pattern.resource(), names);
            }
        }
        return null;
    }

    private static @Nullable Map<String, String> match(String[] pattern, String[] segments) {
        if (pattern.length != segments.length) {
            return null;
        }
        Map<String, String> names = new HashMap<>();
        for (int i = 0; i < pattern.length; i++) {
            if (pattern[i].startsWith("{")) {
                String value = decoded(segments[i]);
                if (value.isEmpty()) {
                    return null;
                }
                names.put(pattern[i].substring(1, pattern[i].length() - 1), value);
            } else if (!pattern[i].equals(segments[i])) {
                return null;
            }
        }
        return names;
    }

    private static String decoded(String segment) {
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new AdminProblem(400, "path segment " + segment + " is not percent-encoded UTF-8");
        }
    }

    /** All there are, for those who ask for another. */
    String list() {
        return exact.keySet().toString();
    }
}
