package io.tollgate.budget.ledger;

import static io.tollgate.budget.ledger.Rules.BLOCK;
import static io.tollgate.budget.ledger.Rules.USD;
import static io.tollgate.budget.ledger.Rules.call;
import static io.tollgate.budget.ledger.Rules.ladder;
import static io.tollgate.budget.ledger.Rules.usd;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.budget.ladder.RungReached;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerStressTest {
    private static final int CALLS = 40_000;

    private final TestTime time = new TestTime("2026-11-22T10:30:00Z");
    private final Queue<RungReached> told = new ConcurrentLinkedQueue<>();
    private final BudgetLedger ledger = new BudgetLedger(LedgerSettings.DEFAULT, time, time, told::add);

    @ParameterizedTest
    @ValueSource(ints = {2, 8})
    void threads_that_share_budgets_account_for_every_nano_dollar(int threads) throws Exception {
        long limit = 4_000_000;
        ledger.rules(
                List.of(
                        usd("all", Period.DAY, limit, ladder("50% notify", "100% block")),
                        usd("per-user", Period.DAY, limit / 3, BLOCK, "user"),
                        usd("per-team", Period.DAY, limit / 2, BLOCK, "team"),
                        usd("watch", Period.DAY, limit, ladder("10% notify"))),
                List.of(),
                History.NONE,
                time.millis());
        AtomicLong spent = new AtomicLong();
        AtomicBoolean done = new AtomicBoolean();
        long seed = System.nanoTime();
        try (var pool = Executors.newFixedThreadPool(threads + 1)) {
            Future<?> watcher = pool.submit(() -> watch(done));
            List<Future<?>> workers = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                Random random = new Random(seed + t);
                workers.add(pool.submit(() -> work(random, spent)));
            }
            for (Future<?> worker : workers) {
                worker.get();
            }
            done.set(true);
            watcher.get();
        }
        for (String budget : List.of("all", "per-user", "per-team", "watch")) {
            List<AccountView> accounts = Objects.requireNonNull(ledger.accounts(budget));
            assertThat(accounts.stream()
                            .mapToLong(view -> view.balance().spentNanos())
                            .sum())
                    .as("%s, seed %d", budget, seed)
                    .isEqualTo(spent.get());
            assertThat(accounts).allSatisfy(view -> {
                assertThat(view.balance().heldNanos()).isZero();
                assertThat(view.balance().holds()).isZero();
            });
        }
        assertThat(ledger.holds()).isZero();
        assertThat(told).extracting(RungReached::eventId).doesNotHaveDuplicates();
        assertThat(told)
                .extracting(event -> event.budget() + event.rung().id())
                .contains("allnotify@0.5", "watchnotify@0.1");
    }

    private void work(Random random, AtomicLong spent) {
        List<Reservation> open = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            Attribution call = call("user", "u" + random.nextInt(4), "team", "t" + random.nextInt(3));
            if (ledger.reserve("r", call, new Amount(random.nextInt(200), 0), time.millis())
                    instanceof Reservation reservation) {
                open.add(reservation);
            }
            if (open.size() > 16) {
                Reservation reservation = open.remove(random.nextInt(open.size()));
                if (random.nextInt(4) == 0) {
                    reservation.extend(new Amount(random.nextInt(50), 0));
                }
                if (random.nextInt(4) == 0) {
                    reservation.release();
                } else {
                    long actual = random.nextLong(reservation.held().nanos() + 1);
                    spent.addAndGet(actual);
                    reservation.settle(new Amount(actual, 0));
                }
            }
        }
        open.forEach(Reservation::release);
    }

    private void watch(AtomicBoolean done) {
        while (!done.get()) {
            for (AccountView view : ledger.accounts()) {
                Balance balance = view.balance();
                assertThat(balance.spentNanos() + balance.heldNanos())
                        .isLessThanOrEqualTo(balance.marks().blockNanos());
            }
            Thread.onSpinWait();
        }
    }

    @Test
    void a_thousand_parallel_calls_of_a_dollar_use_a_hundred_dollar_budget_up_and_not_a_cent_more() throws Exception {
        ledger.rules(List.of(usd("b", Period.MONTH, 100 * USD, BLOCK)), List.of(), History.NONE, time.millis());
        Queue<Reservation> granted = new ConcurrentLinkedQueue<>();
        try (var pool = Executors.newFixedThreadPool(8)) {
            List<Future<?>> calls = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                calls.add(pool.submit(() -> {
                    if (ledger.reserve("r", call(), new Amount(USD, 100), time.millis())
                            instanceof Reservation reservation) {
                        granted.add(reservation);
                    }
                }));
            }
            for (Future<?> call : calls) {
                call.get();
            }
        }
        assertThat(granted).hasSize(100);
        granted.forEach(reservation -> reservation.settle(new Amount(USD, 100)));
        assertThat(ledger.accounts("b")).singleElement().satisfies(view -> {
            assertThat(view.balance().spentNanos()).isEqualTo(100 * USD);
            assertThat(view.balance().overrunNanos()).isZero();
        });
    }
}
