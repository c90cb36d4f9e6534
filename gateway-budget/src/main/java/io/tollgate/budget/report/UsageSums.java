package io.tollgate.budget.report;

import io.tollgate.budget.rollup.LatencyScale;
import io.tollgate.core.usage.Usage;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Sums one query up, in three passes over one state of the ledger: sums, savings by lever, latencies. Memory grows with
 * the groups, not with the rows.
 */
final class UsageSums {
    private static final String FROM = " FROM usage_row r JOIN call_shape s ON s.id = r.shape ";
    private static final String ANSWERED = "s.last AND s.end <> 'refused'";
    /** SQLite fails a sum beyond 64 bits instead of rounding it. */
    private static final String SUMS = """
            sum(s.last), count(*), sum(r.input), sum(r.cache_read), sum(r.cache_write_5m), sum(r.cache_write_1h), \
            sum(r.output), sum(r.reasoning), sum(r.input_audio), sum(r.cache_read_audio), sum(r.output_audio), \
            sum(r.web_searches), coalesce(sum(r.cost_nanos), 0), coalesce(sum(r.baseline_nanos), 0), \
            sum(r.cost_nanos IS NULL), \
            sum(s.last AND s.cache IS NOT NULL AND s.cache IN ('hit', 'semantic-hit', 'coalesced')), \
            sum(s.last AND s.end <> 'refused' AND (s.status >= 400 OR s.end IN ('upstream_failed', 'timed_out'))), \
            sum(s.last AND s.end = 'refused'), sum(s.last AND s.end <> 'refused')""";

    /** Groups one query may have: bounds the reader's memory. */
    static final int MAX_GROUPS = 100_000;

    private final Connection connection;
    private final UsageQuery query;
    private final Condition condition;
    private final List<Object> groupBound = new ArrayList<>();
    private final String groupSql;
    private final int groupColumns;

    UsageSums(Connection connection, UsageQuery query) throws SQLException {
        this.connection = connection;
        this.query = query;
        this.condition = Condition.of(connection, query.period(), query.where());
        List<String> expressions = new ArrayList<>();
        if (query.bucket() != null) {
            Period extent = extent();
            expressions.add(query.bucket().sql(query.zone(), extent.from(), extent.to(), groupBound));
        }
        for (Dimension dimension : query.by()) {
            expressions.add(dimension.sql(groupBound));
        }
        this.groupColumns = expressions.size();
        this.groupSql = String.join(", ", expressions);
    }

    UsageTable table() throws SQLException {
        Map<List<@Nullable Object>, UsageSummary> groups = sums();
        levers(groups);
        latencies(groups);
        UsageSummary total = UsageSummary.NOTHING;
        for (UsageSummary group : groups.values()) {
            total = total.plus(group);
        }
        List<UsageSummary> rows = List.copyOf(groups.values());
        // A total of one group is that group: its latencies are known.
        total = rows.size() == 1
                ? total.withLatency(rows.getFirst().p50Micros(), rows.getFirst().p95Micros())
                : withTotalLatency(total);
        return new UsageTable(query, rows, total);
    }

    /** Where the query's rows begin and end, so that an open period does not list a century of clock changes. */
    private Period extent() throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT min(r.at), max(r.at)" + FROM + condition.sql())) {
            condition.bind(select, 1);
            ResultSet result = select.executeQuery();
            return result.next() ? new Period(result.getLong(1), result.getLong(2) + 1) : Period.EVER;
        }
    }

    private Map<List<@Nullable Object>, UsageSummary> sums() throws SQLException {
        Map<List<@Nullable Object>, UsageSummary> groups = new LinkedHashMap<>();
        try (PreparedStatement select = grouped(SUMS, "", "")) {
            ResultSet result = select.executeQuery();
            while (result.next()) {
                if (groups.size() == MAX_GROUPS) {
                    throw tooManyGroups();
                }
                if (result.getLong(groupColumns + 2) > 0) {
                    groups.put(key(result), summary(result));
                }
            }
        }
        return groups;
    }

    static IllegalArgumentException tooManyGroups() {
        return new IllegalArgumentException(
                "more than " + MAX_GROUPS + " groups: group by less, or take a shorter period");
    }

    private UsageSummary summary(ResultSet result) throws SQLException {
        int c = groupColumns;
        Usage usage = new Usage(
                result.getLong(c + 3),
                result.getLong(c + 4),
                result.getLong(c + 5),
                result.getLong(c + 6),
                result.getLong(c + 7),
                result.getLong(c + 8),
                result.getLong(c + 9),
                result.getLong(c + 10),
                result.getLong(c + 11),
                result.getLong(c + 12));
        List<@Nullable String> values = new ArrayList<>();
        Bucket bucket = query.bucket();
        for (int i = bucket == null ? 1 : 2; i <= groupColumns; i++) {
            values.add(result.getString(i));
        }
        return new UsageSummary(
                Collections.unmodifiableList(values),
                bucket == null ? null : bucket.label(result.getLong(1), query.zone()),
                result.getLong(c + 1),
                result.getLong(c + 2),
                usage,
                result.getLong(c + 13),
                result.getLong(c + 14),
                Map.of(),
                result.getLong(c + 15),
                result.getLong(c + 16),
                result.getLong(c + 17),
                result.getLong(c + 18),
                result.getLong(c + 19),
                -1,
                -1);
    }

    private void levers(Map<List<@Nullable Object>, UsageSummary> groups) throws SQLException {
        Map<List<@Nullable Object>, Map<String, Long>> saved = new LinkedHashMap<>();
        try (PreparedStatement select = grouped("l.key, sum(l.value)", ", json_each(r.saved_by) l ", "l.key")) {
            ResultSet result = select.executeQuery();
            while (result.next()) {
                String lever = result.getString(groupColumns + 1);
                long nanos = result.getLong(groupColumns + 2);
                saved.computeIfAbsent(key(result), group -> new TreeMap<>()).put(lever, nanos);
            }
        }
        groups.replaceAll((group, summary) -> summary.withSaved(saved.getOrDefault(group, Map.of())));
    }

    private void latencies(Map<List<@Nullable Object>, UsageSummary> groups) throws SQLException {
        String order = orderBy(groupColumns + 1);
        String sql = "SELECT " + (groupColumns == 0 ? "" : groupSql + ", ") + "r.total_us" + FROM + condition.sql()
                + " AND " + ANSWERED + " ORDER BY " + order;
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            bind(select);
            ResultSet result = select.executeQuery();
            Percentiles percentiles = null;
            List<@Nullable Object> current = null;
            while (result.next()) {
                List<@Nullable Object> key = key(result);
                if (!Objects.equals(key, current)) {
                    settle(groups, current, percentiles);
                    current = key;
                    percentiles = new Percentiles(
                            Objects.requireNonNull(groups.get(key)).answered());
                }
                Objects.requireNonNull(percentiles).next(result.getLong(groupColumns + 1));
            }
            settle(groups, current, percentiles);
        }
    }

    private static void settle(
            Map<List<@Nullable Object>, UsageSummary> groups,
            @Nullable List<@Nullable Object> key,
            @Nullable Percentiles percentiles) {
        if (key != null && percentiles != null) {
            groups.computeIfPresent(
                    key,
                    (group, summary) -> summary.withLatency(
                            LatencyScale.rounded(percentiles.p50()), LatencyScale.rounded(percentiles.p95())));
        }
    }

    private UsageSummary withTotalLatency(UsageSummary total) throws SQLException {
        if (total.answered() == 0) {
            return total;
        }
        Percentiles percentiles = new Percentiles(total.answered());
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT r.total_us" + FROM + condition.sql() + " AND " + ANSWERED + " ORDER BY 1")) {
            condition.bind(select, 1);
            ResultSet result = select.executeQuery();
            while (result.next()) {
                percentiles.next(result.getLong(1));
            }
        }
        return total.withLatency(LatencyScale.rounded(percentiles.p50()), LatencyScale.rounded(percentiles.p95()));
    }

    private PreparedStatement grouped(String columns, String join, String extraGroup) throws SQLException {
        StringBuilder sql = new StringBuilder("SELECT ");
        if (groupColumns > 0) {
            sql.append(groupSql).append(", ");
        }
        sql.append(columns).append(FROM).append(join).append(condition.sql());
        int groups = groupColumns + (extraGroup.isEmpty() ? 0 : 1);
        if (groups > 0) {
            sql.append(" GROUP BY ")
                    .append(orderBy(groups))
                    .append(" ORDER BY ")
                    .append(orderBy(groups));
        }
        PreparedStatement select = connection.prepareStatement(sql.toString());
        bind(select);
        return select;
    }

    private static String orderBy(int columns) {
        StringBuilder ordinals = new StringBuilder();
        for (int i = 1; i <= columns; i++) {
            ordinals.append(i == 1 ? "" : ", ").append(i);
        }
        return ordinals.toString();
    }

    private void bind(PreparedStatement select) throws SQLException {
        for (int i = 0; i < groupBound.size(); i++) {
            select.setObject(i + 1, groupBound.get(i));
        }
        condition.bind(select, groupBound.size() + 1);
    }

    private List<@Nullable Object> key(ResultSet result) throws SQLException {
        List<@Nullable Object> key = new ArrayList<>(groupColumns);
        for (int i = 1; i <= groupColumns; i++) {
            key.add(result.getString(i));
        }
        return key;
    }
}
