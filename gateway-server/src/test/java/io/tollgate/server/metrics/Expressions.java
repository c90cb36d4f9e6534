package io.tollgate.server.metrics;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a PromQL expression is about: metrics with the labels it selects them by, and labels it groups by. */
record Expressions(Map<String, Set<String>> selected, Set<String> grouped) {
    private static final Pattern STRING = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");
    private static final Pattern GROUPING =
            Pattern.compile("\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\(([^)]*)\\)");
    private static final Pattern SELECTOR =
            Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?!\\w|\\s*\\()(?:\\s*\\{([^}]*)\\})?");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_]\\w*)\\s*(?:=~|!~|!=|=)\\s*\"");
    private static final Pattern RANGE = Pattern.compile("\\[[^]]*]");
    private static final Pattern OFFSET = Pattern.compile("\\boffset\\s+\\w+");
    private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "by", "without");

    static Expressions of(String promQl) {
        Set<String> grouped = new LinkedHashSet<>();
        Matcher groupings = GROUPING.matcher(STRING.matcher(promQl).replaceAll("\"\""));
        while (groupings.find()) {
            for (String label : groupings.group(1).split(",")) {
                if (!label.isBlank()) {
                    grouped.add(label.strip());
                }
            }
        }
        String rest = OFFSET.matcher(RANGE.matcher(groupings.replaceAll(" ")).replaceAll(" "))
                .replaceAll(" ");
        Map<String, Set<String>> selected = new LinkedHashMap<>();
        Matcher selectors = SELECTOR.matcher(rest);
        while (selectors.find()) {
            if (!WORDS.contains(selectors.group(1))) {
                Set<String> labels = selected.computeIfAbsent(selectors.group(1), metric -> new LinkedHashSet<>());
                Matcher matched = LABEL.matcher(selectors.group(2) == null ? "" : selectors.group(2));
                while (matched.find()) {
                    labels.add(matched.group(1));
                }
            }
        }
        return new Expressions(selected, grouped);
    }
}
