package io.tollgate.budget.usagelog.sqlite;

import io.tollgate.budget.usagelog.StoreException;
import io.tollgate.budget.usagelog.UsageRow;
import io.tollgate.core.dialect.Operation;
import io.tollgate.core.exchange.End;
import io.tollgate.core.usage.Cost;
import io.tollgate.core.usage.Metered;
import io.tollgate.core.usage.Usage;
import io.tollgate.core.usage.UsageReport;
import io.tollgate.core.usage.UsageSource;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes rows of the file's columns again: the reverse of {@link RowInserter}. */
public final class RowReader {
    /** All columns of both tables, as {@link #read} expects them; conditions may follow, on {@code r} and {@code s}. */
    public static final String SELECT = "SELECT r.*, s.* FROM usage_row r JOIN call_shape s ON s.id = r.shape ";

    private static final int PROMPT = 28;
    private static final int SHAPE_ID = PROMPT + PromptColumns.COUNT;

    private RowReader() {}

    /** The result's current row. */
    public static UsageRow read(ResultSet result) throws SQLException {
        Shape shape = Shape.read(result, SHAPE_ID);
        return new UsageRow(
                result.getString(22),
                shape.attempt(),
                shape.last(),
                result.getLong(2),
                shape.key(),
                JsonText.readTags(result.getString(24), result.getString(23)),
                new UsageRow.Call(
                        shape.dialect(),
                        Operation.valueOf(shape.operation()),
                        shape.streamed(),
                        shape.provider(),
                        shape.modelAsked(),
                        shape.modelSent()),
                new UsageRow.Decisions(
                        shape.routeRule(), result.getString(26), shape.cache(), known(result, 21), shape.capSource()),
                new Metered(report(result, shape), new Cost(result.getLong(14), shape.priceVersion())),
                new UsageRow.Savings(result.getLong(15), JsonText.readSaved(result.getString(25))),
                new UsageRow.Latency(result.getLong(18), known(result, 19), result.getLong(20)),
                shape.status(),
                end(shape.end()),
                PromptColumns.read(result, PROMPT));
    }

    /** The key of the result's current row. */
    public static long seq(ResultSet result) throws SQLException {
        return result.getLong(1);
    }

    /** What each lever saved, as the column {@code saved_by} holds it. */
    public static Map<String, Long> saved(@Nullable String text) {
        return JsonText.readSaved(text);
    }

    private static UsageReport report(ResultSet result, Shape shape) throws SQLException {
        Usage usage = new Usage(
                result.getLong(4),
                result.getLong(5),
                result.getLong(6),
                result.getLong(7),
                result.getLong(8),
                result.getLong(9),
                result.getLong(10),
                result.getLong(11),
                result.getLong(12),
                result.getLong(13));
        return new UsageReport(
                usage,
                source(shape.usageSource()),
                shape.modelAnswered(),
                shape.finish(),
                shape.serviceTier(),
                known(result, 17),
                JsonText.readOthers(result.getString(27)));
    }

    private static long known(ResultSet result, int column) throws SQLException {
        long value = result.getLong(column);
        return result.wasNull() ? -1 : value;
    }

    private static UsageSource source(String wireName) {
        for (UsageSource source : UsageSource.values()) {
            if (source.wireName().equals(wireName)) {
                return source;
            }
        }
        throw new StoreException("the ledger names an unknown usage source '" + wireName + "'");
    }

    private static End end(String wireName) {
        for (End end : End.values()) {
            if (end.wireName().equals(wireName)) {
                return end;
            }
        }
        throw new StoreException("the ledger names an unknown end '" + wireName + "'");
    }
}
