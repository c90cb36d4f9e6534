package io.tollgate.budget.journal;

import static io.tollgate.budget.ledger.Rules.BLOCK;
import static io.tollgate.budget.ledger.Rules.call;
import static io.tollgate.budget.ledger.Rules.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.budget.ledger.AccountView;
import io.tollgate.budget.ledger.Amount;
import io.tollgate.budget.ledger.Attribution;
import io.tollgate.budget.ledger.BudgetRule;
import io.tollgate.budget.ledger.LedgerSettings;
import io.tollgate.budget.ledger.Period;
import io.tollgate.budget.ledger.Reservation;
import io.tollgate.budget.usagelog.RowSlot;
import io.tollgate.budget.usagelog.UsageLog;
import io.tollgate.budget.usagelog.sqlite.LedgerFile;
import io.tollgate.budget.usagelog.sqlite.SpendRows;
import io.tollgate.budget.usagelog.sqlite.SqliteRowStore;
import io.tollgate.core.time.Ticker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway's ledger in a process of its own that is killed in the middle of load. */
class KilledTest {
    private static final List<BudgetRule> RULES = List.of(
            usd("all", Period.MONTH, Long.MAX_VALUE / 8, BLOCK),
            usd("user", Period.TOTAL, Long.MAX_VALUE / 8, BLOCK, "user"));

    @TempDir
    Path data;

    /** What runs until it is killed. */
    public static final class Victim {
        private Victim() {}

        /** With the data directory. */
        public static void main(String[] args) {
            Path data = Path.of(args[0]);
            Clock clock = Clock.systemUTC();
            UsageLog log = new UsageLog(SqliteRowStore.open(data, clock), UsageLog.DEFAULT_CAPACITY);
            Budgets budgets = Budgets.open(data, RULES, LedgerSettings.DEFAULT, clock, Ticker.SYSTEM, event -> {});
            Random random = new Random();
            for (long calls = 1; ; calls++) {
                if (calls % 2_000 == 0) {
                    budgets.rules(RULES); // brings the sums up to date
                    System.out.println(calls);
                }
                RowSlot slot = log.tryReserve();
                if (slot == null) {
                    Thread.onSpinWait();
                    continue;
                }
                Attribution call = call("user", "u" + random.nextInt(5));
                long now = clock.millis();
                Reservation hold = (Reservation) budgets.ledger().reserve("r", call, new Amount(900, 90), now);
                Amount actual = new Amount(random.nextInt(1_000), random.nextInt(100));
                hold.settle(actual);
                slot.append(SpentRows.row(now, call, actual.nanos(), actual.tokens()));
            }
        }
    }

    @Test
    void after_a_kill_in_the_middle_of_load_budgets_equal_the_ledger() throws Exception {
        Path output = data.resolve("victim.log");
        Process victim = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        data.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        // More calls than the log has room for, and some of everyone's committed: by then some others are not.
        await().atMost(Duration.ofSeconds(60))
                .until(() -> Files.readString(output).contains("40000")
                        && committed().size() == 5);
        victim.destroyForcibly();
        assertThat(victim.waitFor(10, TimeUnit.SECONDS)).isTrue();
        compare();
    }

    /** What the rows in the file come to, by user. */
    private Map<String, Amount> committed() {
        Map<String, Amount> byUser = new HashMap<>();
        SpendRows rows = new SpendRows(LedgerFile.in(data));
        rows.page(
                0,
                Long.MAX_VALUE,
                Integer.MAX_VALUE,
                (at, tags, key, model, provider, nanos, tokens) -> byUser.merge(
                        String.valueOf(tags.get("user")),
                        new Amount(nanos, tokens),
                        (a, b) -> new Amount(a.nanos() + b.nanos(), a.tokens() + b.tokens())));
        return byUser;
    }

    private void compare() {
        Map<String, Amount> byUser = committed();
        Clock clock = Clock.systemUTC();
        try (UsageLog log = new UsageLog(SqliteRowStore.open(data, clock), 1);
                Budgets budgets =
                        Budgets.open(data, RULES, LedgerSettings.DEFAULT, clock, Ticker.SYSTEM, event -> {})) {
            assertThat(log.healthy()).isTrue();
            Map<String, Amount> found = new HashMap<>();
            for (AccountView view : budgets.ledger().accounts()) {
                assertThat(view.balance().holds()).isZero();
                if (view.rule().name().equals("user")) {
                    found.put(
                            view.each().get("user"),
                            new Amount(
                                    view.balance().spentNanos(), view.balance().spentTokens()));
                }
            }
            assertThat(found).hasSize(5).isEqualTo(byUser);
        }
    }
}
