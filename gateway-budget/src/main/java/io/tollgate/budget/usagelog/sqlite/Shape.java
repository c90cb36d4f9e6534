package io.tollgate.budget.usagelog.sqlite;

import io.tollgate.budget.usagelog.UsageRow;
import io.tollgate.core.usage.UsageReport;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What is the same in many rows; stored once, in {@code call_shape}. */
record Shape(
        @Nullable String key,
        String dialect,
        String operation,
        boolean streamed,
        @Nullable String provider,
        @Nullable String modelAsked,
        @Nullable String modelSent,
        @Nullable String modelAnswered,
        String routeRule,
        @Nullable String cache,
        @Nullable String capSource,
        String usageSource,
        @Nullable String finish,
        @Nullable String serviceTier,
        @Nullable String priceVersion,
        int attempt,
        boolean last,
        int status,
        String end) {
    static final String INSERT = "INSERT INTO call_shape VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)";

    static Shape of(UsageRow row) {
        UsageRow.Call call = row.call();
        UsageRow.Decisions decisions = row.decisions();
        UsageReport report = row.metered().report();
        return new Shape(
                row.key(),
                call.dialect(),
                call.operation().name(),
                call.streamed(),
                call.provider(),
                call.modelAsked(),
                call.modelSent(),
                report.model(),
                decisions.routeRule(),
                decisions.cache(),
                decisions.capSource(),
                report.source().wireName(),
                report.finish(),
                report.serviceTier(),
                row.metered().cost().priceVersion(),
                row.attempt(),
                row.last(),
                row.status(),
                row.end().wireName());
    }

    /** From the columns of {@code call_shape} in their order, the id being the {@code idColumn}-th of the result. */
    static Shape read(ResultSet result, int idColumn) throws SQLException {
        int column = idColumn;
        return new Shape(
                result.getString(++column),
                result.getString(++column),
                result.getString(++column),
                result.getBoolean(++column),
                result.getString(++column),
                result.getString(++column),
                result.getString(++column),
                result.getString(++column),
                result.getString(++column),
                result.getString(++column),
                result.getString(++column),
                result.getString(++column),
                result.getString(++column),
                result.getString(++column),
                result.getString(++column),
                result.getInt(++column),
                result.getBoolean(++column),
                result.getInt(++column),
                result.getString(++column));
    }

    void bind(PreparedStatement insert, long id) throws SQLException {
        insert.setLong(1, id);
        @Nullable
        Object[] values = {
            key,
            dialect,
            operation,
            streamed ? 1 : 0,
            provider,
            modelAsked,
            modelSent,
            modelAnswered,
            routeRule,
            cache,
            capSource,
            usageSource,
            finish,
            serviceTier,
            priceVersion,
            attempt,
            last ? 1 : 0,
            status,
            end
        };
        for (int i = 0; i < values.length; i++) {
            insert.setObject(i + 2, values[i]);
        }
    }
}
