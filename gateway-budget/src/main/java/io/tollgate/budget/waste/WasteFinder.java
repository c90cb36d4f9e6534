package io.tollgate.budget.waste;

import io.tollgate.budget.report.Period;
import io.tollgate.budget.usagelog.StoreException;
import io.tollgate.budget.usagelog.sqlite.LedgerFile;
import io.tollgate.budget.usagelog.sqlite.Sequence;
import io.tollgate.core.price.Price;
import io.tollgate.core.price.PriceCatalogue;
import io.tollgate.core.usage.Dollars;
import io.tollgate.core.usage.Usage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks through the ledger for waste, one query per kind. Blocks for as long as the rows take; any thread but a loop. */
public final class WasteFinder {
    /** Findings in a report, at most. */
    public static final int MOST = 100;

    private static final BigDecimal MONTH =
            BigDecimal.valueOf(Duration.ofDays(30).toMillis());
    private static final long LEAST_SPAN = Duration.ofDays(1).toMillis();
    private static final long LEAST_NANOS = 10_000_000;

    private final LedgerFile file;
    private final PriceCatalogue prices;
    private final InstantSource clock;

    /** Of the ledger in this directory; what is wasted in tokens is worth what this catalogue says. */
    public WasteFinder(Path dataDir, PriceCatalogue prices, InstantSource clock) {
        this.file = LedgerFile.in(dataDir);
        this.prices = prices;
        this.clock = clock;
    }

    /** What a query gave for one model and feature. */
    private record Sums(
            String provider,
            @Nullable String model,
            @Nullable String feature,
            long requests,
            long input,
            long read,
            long output,
            long nanos,
            List<String> examples,
            @Nullable String fact) {
        Usage usage() {
            return new Usage(input, read, 0, 0, output, 0, 0, 0, 0, 0);
        }
    }

    /**
     * What was wasted in the period.
     *
     * @param done is told how many kinds have been looked for
     * @throws StoreException when there is no ledger or it cannot be read
     */
    public WasteReport find(Period period, ZoneId zone, IntConsumer done) {
        try (Connection connection = file.openToRead()) {
            connection.setAutoCommit(false);
            Period looked = extent(connection, period);
            List<Finding> findings = new ArrayList<>();
            int kinds = 0;
            for (WasteKind kind : WasteKind.values()) {
                find(connection, kind, looked, findings);
                done.accept(++kinds);
            }
            findings.sort(Comparator.comparingLong(Finding::usdMonthNanos)
                    .thenComparingLong(Finding::requests)
                    .reversed());
            return new WasteReport(
                    Instant.ofEpochMilli(looked.from()),
                    Instant.ofEpochMilli(looked.to()),
                    zone,
                    List.copyOf(findings.subList(0, Math.min(MOST, findings.size()))));
        } catch (SQLException e) {
            throw file.broken(e);
        }
    }

    /** An open end is where the rows end. */
    private Period extent(Connection connection, Period period) throws SQLException {
        long to = Math.min(period.to(), clock.millis());
        long from = period.from();
        if (from == Period.EVER.from()) {
            try (Statement statement = connection.createStatement();
                    ResultSet first = statement.executeQuery("SELECT min(seq) FROM usage_row")) {
                long seq = first.next() ? first.getLong(1) : 0;
                from = seq == 0 ? to - LEAST_SPAN : Sequence.millis(seq) - lag(connection);
            }
        }
        return new Period(Math.min(from, to - 1), to);
    }

    private static long lag(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(Sequence.MAX_LAG)) {
            return result.next() ? result.getLong(1) : 0;
        }
    }

    private void find(Connection connection, WasteKind kind, Period period, List<Finding> findings)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(WasteSql.of(kind))) {
            select.setLong(1, Sequence.first(period.from()));
            select.setLong(2, Sequence.first(period.to() + lag(connection) + 1));
            select.setLong(3, period.from());
            select.setLong(4, period.to());
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    Finding finding = finding(kind, sums(row), period);
                    if (finding != null) {
                        findings.add(finding);
                    }
                    bound(findings);
                }
            }
        }
    }

    /** Callers choose their features' names: what has no chance to be told is forgotten on the way. */
    private static void bound(List<Finding> findings) {
        if (findings.size() >= 20 * MOST) {
            findings.sort(Comparator.comparingLong(Finding::usdMonthNanos).reversed());
            findings.subList(MOST, findings.size()).clear();
        }
    }

    private static Sums sums(ResultSet row) throws SQLException {
        return new Sums(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getLong(4),
                row.getLong(5),
                row.getLong(6),
                row.getLong(7),
                row.getLong(8),
                Stream.of(row.getString(9), row.getString(10)).distinct().toList(),
                row.getString(11));
    }

    private @Nullable Finding finding(WasteKind kind, Sums sums, Period period) {
        String smaller = sums.model() == null ? null : SmallerModels.of(sums.model());
        long wasted = nanos(kind, sums, smaller, Instant.ofEpochMilli(period.to()));
        long span = Math.max(LEAST_SPAN, period.to() - period.from());
        long month = BigDecimal.valueOf(wasted)
                .multiply(MONTH)
                .divide(BigDecimal.valueOf(span), 0, RoundingMode.HALF_UP)
                .longValue();
        if (month < LEAST_NANOS && !kind.toldWithoutMoney()) {
            return null;
        }
        return new Finding(
                kind,
                kind.title(),
                detail(kind, sums, smaller, wasted),
                month,
                sums.requests(),
                kind.setting(),
                sums.examples());
    }

    private long nanos(WasteKind kind, Sums sums, @Nullable String smaller, Instant at) {
        Price price = sums.model() == null ? null : prices.price(sums.provider(), sums.model(), at);
        return switch (kind.valuation()) {
            case NANOS -> sums.nanos();
            case TOKENS -> price == null ? 0 : price.tariff().nanos(sums.usage(), null, at);
            case CACHED_INPUT ->
                price == null
                        ? 0
                        : price.tariff().nanos(Usage.of(sums.input(), 0), null, at)
                                - price.tariff().nanos(new Usage(0, sums.input(), 0, 0, 0, 0, 0, 0, 0, 0), null, at);
            case CHEAPER_MODEL -> {
                Price less = smaller == null ? null : prices.price(sums.provider(), smaller, at);
                yield less == null ? 0 : sums.nanos() - less.tariff().nanos(sums.usage(), null, at);
            }
        };
    }

    private static String detail(WasteKind kind, Sums sums, @Nullable String smaller, long wasted) {
        StringBuilder text = new StringBuilder()
                .append(sums.requests())
                .append(" calls of ")
                .append(sums.model() == null ? "no model" : sums.model())
                .append(sums.feature() == null ? "" : " for " + sums.feature())
                .append(", about ")
                .append(Dollars.format(rounded(wasted)))
                .append(" USD in the period");
        String fact = sums.fact() == null ? "" : sums.fact();
        return text.append(
                        switch (kind) {
                            case IDENTICAL_REQUESTS -> fact.isEmpty() ? "" : "; the cache said: " + fact;
                            case EXPENSIVE_MODEL -> "; " + Objects.requireNonNullElse(smaller, "") + " would do";
                            case NO_CAP -> "; 95 of 100 answers stay within " + fact + " tokens";
                            case LOOSE_CAP -> "; the cap is " + fact;
                            case UNCACHED_PREFIX -> "; the prefix has up to " + fact + " bytes";
                            case GROWING_HISTORY -> "; prompts reach " + fact + " tokens";
                            case REPEATED_DOCUMENT -> "; documents have up to " + fact + " bytes";
                            case LONG_OUTPUT, RETRIES_AND_LOOPS -> fact.isEmpty() ? "" : "; " + fact;
                            case VERBOSE_SYSTEM_PROMPT -> "; it has up to " + fact + " bytes";
                        })
                .toString();
    }

    /** To whole cents from a dollar on: an estimate has no more digits. */
    private static long rounded(long nanos) {
        return nanos < 1_000_000_000 ? nanos : (nanos + 5_000_000) / 10_000_000 * 10_000_000;
    }
}
