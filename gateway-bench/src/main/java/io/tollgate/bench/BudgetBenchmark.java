package io.tollgate.bench;

import io.tollgate.budget.ladder.Action;
import io.tollgate.budget.ladder.Ladder;
import io.tollgate.budget.ladder.Level;
import io.tollgate.budget.ladder.Rung;
import io.tollgate.budget.ledger.Amount;
import io.tollgate.budget.ledger.Attribution;
import io.tollgate.budget.ledger.BudgetLedger;
import io.tollgate.budget.ledger.BudgetRule;
import io.tollgate.budget.ledger.History;
import io.tollgate.budget.ledger.LedgerSettings;
import io.tollgate.budget.ledger.Period;
import io.tollgate.budget.ledger.Reservation;
import io.tollgate.budget.ledger.Reserved;
import io.tollgate.core.exchange.Tags;
import io.tollgate.core.time.Ticker;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** What four budgets that all apply cost a call: which accounts, hold, settle. All threads meet at the same accounts. */
@State(Scope.Benchmark)
@BenchmarkMode({Mode.AverageTime, Mode.SampleTime})
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class BudgetBenchmark {
    private static final Amount CEILING = new Amount(2_000_000, 1_500);
    private static final Amount ACTUAL = new Amount(1, 1);

    private final Attribution call = new Attribution(
            Tags.of(Map.of("team", "checkout", "user", "u-17", "feature", "search")),
            "checkout-api",
            "gpt-4o",
            "openai");
    private final BudgetLedger ledger =
            new BudgetLedger(LedgerSettings.DEFAULT, InstantSource.system(), Ticker.SYSTEM, event -> {});
    private final long now = System.currentTimeMillis();

    /** Sets up a month's budget of a team, a day's per user, an hour's per feature and one in all. */
    public BudgetBenchmark() {
        ledger.rules(
                List.of(
                        rule("team", Map.of("team", List.of("check*")), Period.MONTH),
                        rule("per-user", Map.of(), Period.DAY, "user"),
                        rule("per-feature", Map.of(), Period.HOUR, "feature"),
                        rule("all", Map.of(), Period.TOTAL)),
                List.of(),
                History.NONE,
                now);
    }

    private static BudgetRule rule(String name, Map<String, List<String>> match, Period period, String... each) {
        Ladder ladder = new Ladder(List.of(
                new Rung(new BigDecimal("0.5"), Action.NOTIFY, Level.INFO),
                new Rung(new BigDecimal("0.9"), Action.DOWNGRADE, Level.WARNING),
                new Rung(BigDecimal.ONE, Action.BLOCK, Level.CRITICAL)));
        return new BudgetRule(name, match, List.of(each), period, ZoneOffset.UTC, 1L << 60, 1L << 60, ladder);
    }

    /** One event loop. */
    @Benchmark
    public Reserved reserveAndSettle() {
        return call();
    }

    /** Two event loops that have nothing else to do. */
    @Benchmark
    @Threads(2)
    public Reserved reserveAndSettleByTwo() {
        return call();
    }

    private Reserved call() {
        Reserved reserved = ledger.reserve("request", call, CEILING, now);
        if (reserved instanceof Reservation reservation) {
            reservation.settle(ACTUAL);
        }
        return reserved;
    }
}
