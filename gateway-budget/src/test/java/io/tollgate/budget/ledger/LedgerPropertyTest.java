package io.tollgate.budget.ledger;

import static io.tollgate.budget.ledger.Rules.call;
import static io.tollgate.budget.ledger.Rules.ladder;
import static io.tollgate.budget.ledger.Rules.rule;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.budget.ladder.Marks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random lives of calls, against a ledger of rows kept beside it. */
class LedgerPropertyTest {
    private static final int RUNS = 400;
    private static final int STEPS = 400;

    @Test
    void under_any_interleaving_no_budget_is_exceeded_no_hold_leaks_and_counters_equal_the_rows() {
        long firstSeed = Long.getLong("seed", System.nanoTime());
        for (int run = 0; run < RUNS; run++) {
            long seed = firstSeed + run;
            try {
                new Life(seed).live();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    /** Where a row counts. */
    private record Place(String budget, List<String> account, long periodFrom) {}

    private static final class Life {
        private static final LedgerSettings SETTINGS = new LedgerSettings(Duration.ofMinutes(10), 4);

        private final Random random;
        private final TestTime time = new TestTime("2026-11-22T22:40:00Z");
        private final List<BudgetRule> rules;
        private final Map<Place, long[]> rows = new HashMap<>();
        private final List<Reservation> open = new ArrayList<>();
        private final Map<Reservation, Amount> expired = new HashMap<>();
        private List<Raise> raises = List.of();
        private BudgetLedger ledger;

        Life(long seed) {
            random = new Random(seed);
            rules = List.of(
                    rule(
                            "all",
                            Map.of(),
                            List.of(Period.values()).get(random.nextInt(5)),
                            1 + random.nextInt(20_000),
                            -1,
                            Rules.BLOCK),
                    rule("user", Map.of(), Period.HOUR, 1 + random.nextInt(5_000), 400, ladder("90% block"), "user"),
                    rule("team", Map.of("team", List.of("a*")), Period.DAY, -1, 1_000, Rules.BLOCK, "team", "user"),
                    rule("watch", Map.of(), Period.WEEK, 500, -1, ladder("50% notify")));
            ledger = start();
        }

        private BudgetLedger start() {
            BudgetLedger started = new BudgetLedger(SETTINGS, time, time, event -> {});
            started.rules(
                    rules,
                    raises,
                    (rule, into) -> rows.forEach((place, sums) -> {
                        if (place.budget().equals(rule.name())) {
                            into.spent(place.account(), place.periodFrom(), sums[0], sums[1]);
                        }
                    }),
                    latest());
            return started;
        }

        private long latest = Long.MIN_VALUE;

        /** The latest time any period was opened at: what a restart begins with. */
        private long latest() {
            latest = Math.max(latest, time.millis());
            return latest;
        }

        void live() {
            for (int i = 0; i < STEPS; i++) {
                step();
                latest();
                check();
            }
            while (!open.isEmpty()) {
                settle(open.removeLast());
            }
            new ArrayList<>(expired.keySet()).forEach(this::settleLate);
            check();
            assertThat(ledger.holds()).isZero();
            ledger.accounts().forEach(view -> {
                assertThat(view.balance().heldNanos()).isZero();
                assertThat(view.balance().heldTokens()).isZero();
                assertThat(view.balance().holds()).isZero();
            });
        }

        private void step() {
            int dice = random.nextInt(100);
            if (dice < 40) {
                reserve();
            } else if (dice < 60 && !open.isEmpty()) {
                settle(open.remove(random.nextInt(open.size())));
            } else if (dice < 68 && !open.isEmpty()) {
                some().extend(amount(600));
            } else if (dice < 76 && !open.isEmpty()) {
                some().resize(amount(2_000));
            } else if (dice < 80 && !open.isEmpty()) {
                open.remove(random.nextInt(open.size())).release();
            } else if (dice < 84 && !open.isEmpty()) {
                some().metered(amount(500));
            } else if (dice < 90) {
                time.pass(Duration.ofSeconds(random.nextInt(400)));
                expire();
            } else if (dice < 92) {
                time.pass(Duration.ofMinutes(random.nextInt(90)));
                expire();
            } else if (dice < 94) {
                time.set(time.instant().minusSeconds(random.nextInt(5_000)));
            } else if (dice < 95) {
                raise();
            } else if (dice < 98 && !expired.isEmpty()) {
                settleLate(expired.keySet().iterator().next());
            } else if (dice == 99) {
                restart();
            }
        }

        private Reservation some() {
            return open.get(random.nextInt(open.size()));
        }

        private Amount amount(int most) {
            return new Amount(random.nextInt(most), random.nextInt(most / 10));
        }

        private void reserve() {
            Attribution call = call("user", "u" + random.nextInt(6), "team", random.nextBoolean() ? "a1" : "b");
            Amount ask = amount(2_000);
            Amount floor = random.nextBoolean() ? ask : new Amount(ask.nanos() / 4, ask.tokens() / 4);
            Reserved reserved = ledger.reserve("r", call, ask, floor, time.millis());
            if (reserved instanceof Reservation reservation) {
                open.add(reservation);
                for (Window window : reservation.windows()) {
                    Balance balance = window.balance();
                    assertThat(balance.heldNanos() + balance.spentNanos())
                            .isLessThanOrEqualTo(balance.marks().blockNanos());
                    assertThat(balance.heldTokens() + balance.spentTokens())
                            .isLessThanOrEqualTo(balance.marks().blockTokens());
                }
            } else if (reserved instanceof Shortage shortage) {
                Balance balance = shortage.balance();
                assertThat(balance.heldNanos() + balance.spentNanos() + floor.nanos()
                                        > balance.marks().blockNanos()
                                || balance.heldTokens() + balance.spentTokens() + floor.tokens()
                                        > balance.marks().blockTokens())
                        .as("refused although %s was left", balance)
                        .isTrue();
            }
        }

        private void settle(Reservation reservation) {
            Amount actual = random.nextInt(3) == 0 ? amount(3_000) : reservation.held();
            reservation.settle(actual);
            reservation.settle(amount(100));
            record(reservation, actual.nanos(), actual.tokens());
        }

        private void record(Reservation reservation, long nanos, long tokens) {
            for (Window window : reservation.windows()) {
                long[] sums = rows.computeIfAbsent(place(window), place -> new long[2]);
                sums[0] += nanos;
                sums[1] += tokens;
            }
        }

        private static Place place(Window window) {
            return new Place(window.account.budget.rule().name(), window.account.values, window.span.from());
        }

        private void expire() {
            ledger.expireLeases();
            for (Reservation reservation : List.copyOf(open)) {
                if (!reservation.isOpen()) {
                    open.remove(reservation);
                    Amount settled = reservation.settledEarlyAt();
                    expired.put(reservation, settled);
                    record(reservation, settled.nanos(), settled.tokens());
                }
            }
        }

        private void settleLate(Reservation reservation) {
            Amount was = Objects.requireNonNull(expired.remove(reservation));
            Amount actual = amount(800);
            reservation.settle(actual);
            record(reservation, actual.nanos() - was.nanos(), actual.tokens() - was.tokens());
        }

        private void raise() {
            raises = List.of(new Raise(
                    1,
                    rules.get(random.nextInt(3)).name(),
                    List.of(),
                    random.nextInt(1_000),
                    1 + random.nextInt(100),
                    time.millis(),
                    time.millis() + random.nextInt(3_600_000),
                    "ops",
                    "because"));
            ledger.raises(raises);
        }

        /** As after a kill: the rows are there, the holds are not. */
        private void restart() {
            open.clear();
            expired.clear();
            highest.clear();
            ledger = start();
        }

        private final Map<Place, long[]> highest = new HashMap<>();

        private void check() {
            Map<Window, long[]> holds = new HashMap<>();
            for (Reservation reservation : open) {
                for (Window window : reservation.windows()) {
                    long[] sums = holds.computeIfAbsent(window, any -> new long[3]);
                    sums[0] += reservation.held().nanos();
                    sums[1] += reservation.held().tokens();
                    sums[2]++;
                }
            }
            for (Account account : ledger.allAccounts()) {
                holds.computeIfAbsent(account.window(time.millis()), any -> new long[3]);
            }
            holds.forEach(this::check);
            assertThat(ledger.holds()).isEqualTo(open.size());
        }

        private void check(Window window, long[] held) {
            window.refresh(time.millis());
            Balance balance = window.balance();
            Place place = place(window);
            assertThat(new long[] {balance.heldNanos(), balance.heldTokens(), balance.holds()})
                    .as("holds of %s", place)
                    .isEqualTo(held);
            long[] sums = rows.getOrDefault(place, new long[2]);
            assertThat(new long[] {balance.spentNanos(), balance.spentTokens()})
                    .as("spent of %s", place)
                    .isEqualTo(sums);
            // A raise that ran out leaves more spent or held than the limit; it must never have been beyond the raised
            // one.
            long[] most = highest.computeIfAbsent(place, any -> new long[2]);
            most[0] = Math.max(most[0], balance.marks().blockNanos());
            most[1] = Math.max(most[1], balance.marks().blockTokens());
            if (balance.marks().blockNanos() != Marks.NEVER) {
                assertThat(balance.spentNanos() - balance.overrunNanos() + balance.heldNanos())
                        .as("money of %s", place)
                        .isLessThanOrEqualTo(most[0]);
            }
            if (balance.marks().blockTokens() != Marks.NEVER) {
                assertThat(balance.spentTokens() - balance.overrunTokens() + balance.heldTokens())
                        .as("tokens of %s", place)
                        .isLessThanOrEqualTo(most[1]);
            }
        }
    }
}
