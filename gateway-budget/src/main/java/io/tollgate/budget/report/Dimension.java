package io.tollgate.budget.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What usage can be grouped and filtered by: a column, or a tag. Only the names below reach the SQL; a tag's name is
 * bound as a parameter.
 *
 * @param name as in {@code --by}
 * @param column where a column holds it, else null
 * @param tag the tag that holds it, else null
 */
public record Dimension(
        String name, @Nullable Column column, @Nullable String tag) {

    /** Dimensions with a column of their own. */
    public enum Column {
        /** The virtual key. */
        KEY("s.key_id"),
        /** One agent run or conversation. */
        SESSION("r.session"),
        /** Where it went. */
        PROVIDER("s.provider"),
        /** The model sent, or the one asked for where nothing was sent. */
        MODEL("coalesce(s.model_sent, s.model_asked)"),
        /** The model the caller named. */
        MODEL_ASKED("s.model_asked"),
        /** The routing rule. */
        ROUTE("s.route_rule"),
        /** The caller's dialect. */
        DIALECT("s.dialect"),
        /** What the cache did. */
        CACHE("s.cache"),
        /** How it was over. */
        END("s.end"),
        /** The HTTP status. */
        STATUS("CAST(s.status AS TEXT)");

        private final String sql;

        Column(String sql) {
            this.sql = sql;
        }
    }

    private static final List<String> TAGS = List.of("team", "feature", "environment", "user", "task");
    private static final String TAG_PREFIX = "tag:";
    private static final Pattern TAG_NAME = Pattern.compile("[\\w.:/@+ -]{1,128}", Pattern.UNICODE_CHARACTER_CLASS);

    /**
     * The dimension of this name.
     *
     * @throws IllegalArgumentException naming what is known
     */
    public static Dimension of(String name) {
        if (name.startsWith(TAG_PREFIX)) {
            return tagged(name, name.substring(TAG_PREFIX.length()));
        }
        if (TAGS.contains(name)) {
            return new Dimension(name, null, name);
        }
        for (Column column : Column.values()) {
            if (nameOf(column).equals(name)) {
                return new Dimension(name, column, null);
            }
        }
        throw new IllegalArgumentException("cannot group by '" + name + "': expected "
                + Stream.concat(TAGS.stream(), Arrays.stream(Column.values()).map(Dimension::nameOf))
                        .collect(Collectors.joining(", "))
                + " or tag:NAME");
    }

    /** Names in a list, separated by commas; each at most once. */
    public static List<Dimension> list(String names) {
        List<Dimension> dimensions = new ArrayList<>();
        for (String name : names.split(",", -1)) {
            if (!name.isBlank()) {
                Dimension dimension = of(name.strip());
                if (dimensions.contains(dimension)) {
                    throw new IllegalArgumentException("'" + dimension.name() + "' is named twice in '" + names + "'");
                }
                dimensions.add(dimension);
            }
        }
        return dimensions;
    }

    private static Dimension tagged(String name, String tag) {
        if (tag.equals("session")) {
            return new Dimension(name, Column.SESSION, null);
        }
        if (!TAG_NAME.matcher(tag).matches()) {
            throw new IllegalArgumentException("cannot group by '" + name
                    + "': a tag's name has letters, digits, spaces and . : / @ + - _, at most 128 of them");
        }
        return new Dimension(name, null, tag);
    }

    private static String nameOf(Column column) {
        return column.name().toLowerCase(Locale.ROOT);
    }

    /** The expression, on the tables' aliases {@code r} and {@code s}; its parameters go to {@code bound}. */
    String sql(List<Object> bound) {
        if (column != null) {
            return column.sql;
        }
        bound.add("$.\"" + tag + '"');
        return "json_extract(r.tags, ?)";
    }
}
