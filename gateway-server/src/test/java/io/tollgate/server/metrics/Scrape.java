package io.tollgate.server.metrics;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The series of a scrape: labels by metric, and the kind of each family. */
record Scrape(Map<String, Set<String>> labels, Map<String, String> kinds) {
    private static final Pattern SERIES = Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? \\S+");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_]\\w*)=\"(?:[^\"\\\\]|\\\\.)*\"");

    static Scrape read(String text) {
        Map<String, Set<String>> labels = new TreeMap<>();
        Map<String, String> kinds = new TreeMap<>();
        for (String line : text.split("\n")) {
            if (line.startsWith("# TYPE ")) {
                String[] words = line.split(" ");
                kinds.put(words[2], words[3]);
            }
            Matcher series = SERIES.matcher(line);
            if (!line.startsWith("#") && series.matches()) {
                Set<String> names = labels.computeIfAbsent(series.group(1), metric -> new TreeSet<>());
                Matcher label = LABEL.matcher(series.group(2) == null ? "" : series.group(2));
                while (label.find()) {
                    names.add(label.group(1));
                }
            }
        }
        return new Scrape(labels, kinds);
    }
}
