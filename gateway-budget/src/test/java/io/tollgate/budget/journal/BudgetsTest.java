package io.tollgate.budget.journal;

import static io.tollgate.budget.ledger.Rules.BLOCK;
import static io.tollgate.budget.ledger.Rules.USD;
import static io.tollgate.budget.ledger.Rules.call;
import static io.tollgate.budget.ledger.Rules.ladder;
import static io.tollgate.budget.ledger.Rules.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tollgate.budget.ladder.RungReached;
import io.tollgate.budget.ledger.AccountView;
import io.tollgate.budget.ledger.Amount;
import io.tollgate.budget.ledger.BudgetRule;
import io.tollgate.budget.ledger.LedgerSettings;
import io.tollgate.budget.ledger.Period;
import io.tollgate.budget.ledger.Raise;
import io.tollgate.budget.ledger.Reservation;
import io.tollgate.budget.ledger.Shortage;
import io.tollgate.budget.ledger.TestTime;
import io.tollgate.budget.usagelog.StoreException;
import io.tollgate.budget.usagelog.sqlite.SqliteRowStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BudgetsTest {
    private static final Amount ONE = new Amount(USD, 100);

    @TempDir
    Path data;

    private final TestTime time = new TestTime("2026-11-22T10:30:00Z");
    private final Queue<RungReached> told = new ConcurrentLinkedQueue<>();
    private SqliteRowStore store;

    @BeforeEach
    void openLog() {
        store = SqliteRowStore.open(data, time);
    }

    @AfterEach
    void closeLog() {
        store.close();
    }

    private Budgets open(BudgetRule... rules) {
        return Budgets.open(data, List.of(rules), LedgerSettings.DEFAULT, time, time, told::add);
    }

    /** A call that costs a dollar, with its row. */
    private void spend(Budgets budgets) {
        Reservation call = (Reservation) budgets.ledger().reserve("r", call(), ONE, time.millis());
        call.settle(ONE);
        store.write(List.of(SpentRows.row(time.millis(), call(), USD, 100)));
    }

    private static AccountView only(Budgets budgets, String name) {
        List<AccountView> accounts = Objects.requireNonNull(budgets.ledger().accounts(name));
        assertThat(accounts).hasSize(1);
        return accounts.getFirst();
    }

    @Test
    void what_was_spent_survives_a_restart_and_what_was_held_does_not() {
        BudgetRule rule = usd("b", Period.DAY, 5 * USD, BLOCK);
        try (Budgets budgets = open(rule)) {
            spend(budgets);
            spend(budgets);
            budgets.ledger().reserve("dead", call(), ONE, time.millis());
        }
        try (Budgets budgets = open(rule)) {
            assertThat(only(budgets, "b").balance().spentNanos()).isEqualTo(2 * USD);
            assertThat(only(budgets, "b").balance().spentTokens()).isEqualTo(200);
            assertThat(only(budgets, "b").balance().heldNanos()).isZero();
        }
    }

    @Test
    void a_rung_is_told_of_once_also_across_a_restart() {
        BudgetRule rule = usd("b", Period.DAY, 4 * USD, ladder("50% notify", "75% notify"));
        try (Budgets budgets = open(rule)) {
            spend(budgets);
            spend(budgets);
        }
        time.pass(Duration.ofMinutes(5));
        try (Budgets budgets = open(rule)) {
            assertThat(only(budgets, "b").balance().reached(0)).isTrue();
            assertThat(only(budgets, "b").balance().firedAt()[0])
                    .isEqualTo(Instant.parse("2026-11-22T10:30:00Z").toEpochMilli());
            spend(budgets);
        }
        assertThat(told).extracting(event -> event.rung().id()).containsExactly("notify@0.5", "notify@0.75");
    }

    @Test
    void a_raise_is_kept_through_a_restart_until_its_time() {
        BudgetRule rule = usd("b", Period.DAY, USD, BLOCK);
        try (Budgets budgets = open(rule)) {
            spend(budgets);
            Raise raise = budgets.raise(new Raise(
                    0, "b", List.of(), USD, 0, time.millis(), time.millis() + 60_000, "ops", "launch \"day\""));
            assertThat(raise.id()).isPositive();
        }
        try (Budgets budgets = open(rule)) {
            assertThat(only(budgets, "b").raises())
                    .extracting(Raise::who, Raise::why)
                    .containsExactly(org.assertj.core.groups.Tuple.tuple("ops", "launch \"day\""));
            spend(budgets);
            time.pass(Duration.ofMinutes(2));
            assertThat(budgets.ledger().reserve("r", call(), ONE, time.millis()))
                    .isInstanceOf(Shortage.class);
        }
        try (Budgets budgets = open(rule)) {
            assertThat(only(budgets, "b").raises()).isEmpty();
            assertThat(only(budgets, "b").balance().overrunNanos()).isEqualTo(USD);
        }
    }

    @Test
    void a_budget_added_while_running_knows_what_its_period_has_cost_so_far() {
        BudgetRule first = usd("b", Period.DAY, 5 * USD, BLOCK);
        try (Budgets budgets = open(first)) {
            spend(budgets);
            budgets.rules(List.of(first, usd("new", Period.MONTH, 9 * USD, BLOCK, "user")));
            assertThat(only(budgets, "new").balance().spentNanos()).isEqualTo(USD);
            spend(budgets);
            assertThat(only(budgets, "new").balance().spentNanos()).isEqualTo(2 * USD);
            assertThat(only(budgets, "b").balance().spentNanos()).isEqualTo(2 * USD);
        }
    }

    @Test
    void a_clock_set_back_across_a_restart_does_not_reopen_a_period() {
        BudgetRule rule = usd("b", Period.HOUR, USD, BLOCK);
        try (Budgets budgets = open(rule)) {
            time.set(Instant.parse("2026-11-22T11:10:00Z"));
            spend(budgets);
        }
        time.set(Instant.parse("2026-11-22T10:50:00Z"));
        try (Budgets budgets = open(rule)) {
            assertThat(only(budgets, "b").span().from())
                    .isEqualTo(Instant.parse("2026-11-22T11:00:00Z").toEpochMilli());
            assertThat(budgets.ledger().reserve("r", call(), ONE, time.millis()))
                    .isInstanceOf(Shortage.class);
        }
    }

    @Test
    void a_clock_that_was_far_ahead_once_is_not_believed_after_a_restart() {
        BudgetRule rule = usd("b", Period.HOUR, USD, BLOCK);
        time.set(Instant.parse("2031-01-01T00:00:00Z"));
        open(rule).close();
        time.set(Instant.parse("2026-11-22T10:50:00Z"));
        try (Budgets budgets = open(rule)) {
            assertThat(only(budgets, "b").span().from())
                    .isEqualTo(Instant.parse("2026-11-22T10:00:00Z").toEpochMilli());
        }
    }

    @Test
    void the_file_can_be_lost_without_losing_what_was_spent() throws Exception {
        BudgetRule rule = usd("b", Period.DAY, 5 * USD, BLOCK);
        try (Budgets budgets = open(rule)) {
            spend(budgets);
        }
        Files.delete(data.resolve("budgets.sqlite"));
        try (Budgets budgets = open(rule)) {
            assertThat(only(budgets, "b").balance().spentNanos()).isEqualTo(USD);
        }
    }

    @Test
    void a_file_of_somebody_elses_is_refused_by_name() throws Exception {
        Files.writeString(data.resolve("budgets.sqlite"), "not a database, but long enough to be looked at by SQLite");
        assertThatThrownBy(this::open).isInstanceOf(StoreException.class).hasMessageContaining("budgets.sqlite");
    }

    @Test
    void the_keeper_settles_abandoned_holds_and_notes_rungs_by_itself() {
        BudgetRule rule = usd("b", Period.DAY, 4 * USD, ladder("25% notify"));
        try (Budgets budgets = open(rule)) {
            Reservation dead = (Reservation) budgets.ledger().reserve("dead", call(), ONE, time.millis());
            dead.metered(ONE);
            time.pass(LedgerSettings.DEFAULT.lease());
            await().until(() -> budgets.ledger().holds() == 0);
            assertThat(only(budgets, "b").balance().spentNanos()).isEqualTo(USD);
            await().until(() -> told.size() == 1);
            assertThat(budgets.healthy()).isTrue();
        }
    }
}
