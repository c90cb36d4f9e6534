package io.tollgate.budget.ledger;

import static io.tollgate.budget.ledger.Rules.BLOCK;
import static io.tollgate.budget.ledger.Rules.USD;
import static io.tollgate.budget.ledger.Rules.call;
import static io.tollgate.budget.ledger.Rules.ladder;
import static io.tollgate.budget.ledger.Rules.rule;
import static io.tollgate.budget.ledger.Rules.usd;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.budget.ladder.Action;
import io.tollgate.budget.ladder.Actions;
import io.tollgate.budget.ladder.RungReached;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class BudgetLedgerTest {
    private static final Amount ONE = new Amount(USD, 100);

    private final TestTime time = new TestTime("2026-11-22T10:30:00Z");
    private final List<RungReached> told = new ArrayList<>();
    private final BudgetLedger ledger =
            new BudgetLedger(new LedgerSettings(Duration.ofMinutes(10), 3), time, time, told::add);

    private void rules(BudgetRule... rules) {
        ledger.rules(List.of(rules), List.of(), History.NONE, time.millis());
    }

    private Reserved reserve(Amount ask, String... tags) {
        return ledger.reserve("r", call(tags), ask, time.millis());
    }

    private Reservation hold(Amount ask, String... tags) {
        Reserved reserved = reserve(ask, tags);
        assertThat(reserved).isInstanceOf(Reservation.class);
        return (Reservation) reserved;
    }

    private void spend(Amount amount, String... tags) {
        hold(amount, tags).settle(amount);
    }

    private AccountView only(String name) {
        List<AccountView> accounts = Objects.requireNonNull(ledger.accounts(name));
        assertThat(accounts).hasSize(1);
        return accounts.getFirst();
    }

    private Balance balance(String name) {
        return only(name).balance();
    }

    @Test
    void a_hold_is_taken_on_all_budgets_or_on_none() {
        rules(usd("large", Period.DAY, 10 * USD, BLOCK), usd("small", Period.DAY, USD / 2, BLOCK));
        assertThat(reserve(ONE)).isInstanceOfSatisfying(Shortage.class, shortage -> {
            assertThat(shortage.budget()).isEqualTo("small");
            assertThat(shortage.span().to())
                    .isEqualTo(Instant.parse("2026-11-23T00:00:00Z").toEpochMilli());
        });
        assertThat(balance("large").heldNanos()).isZero();
        assertThat(ledger.holds()).isZero();
    }

    @Test
    void the_last_nano_dollar_can_be_spent_and_not_one_more() {
        rules(usd("b", Period.DAY, 3 * USD, BLOCK));
        spend(new Amount(3 * USD - 1, 0));
        assertThat(reserve(new Amount(2, 0))).isInstanceOf(Shortage.class);
        spend(new Amount(1, 0));
        assertThat(balance("b").remainingNanos()).isZero();
        assertThat(balance("b").overrunNanos()).isZero();
    }

    @Test
    void a_limit_on_tokens_holds_beside_one_on_money() {
        rules(rule("b", Map.of(), Period.DAY, 10 * USD, 150, BLOCK));
        hold(ONE);
        assertThat(reserve(ONE)).isInstanceOf(Shortage.class);
    }

    @Test
    void what_is_left_is_held_where_it_reaches_the_floor() {
        rules(usd("b", Period.DAY, USD, BLOCK));
        spend(new Amount(USD * 3 / 4, 0));
        Reserved granted = ledger.reserve("r", call(), ONE, new Amount(USD / 5, 1), time.millis());
        assertThat(granted)
                .isInstanceOfSatisfying(
                        Reservation.class, r -> assertThat(r.held()).isEqualTo(new Amount(USD / 4, 100)));
        assertThat(ledger.reserve("r", call(), ONE, new Amount(1, 1), time.millis()))
                .isInstanceOf(Shortage.class);
    }

    @Test
    void a_budget_without_a_block_rung_only_watches() {
        rules(usd("b", Period.DAY, USD, ladder("100% notify")));
        spend(new Amount(5 * USD, 0));
        spend(ONE);
        assertThat(balance("b").spentNanos()).isEqualTo(6 * USD);
        assertThat(balance("b").overrunNanos()).isZero();
    }

    @Test
    void what_a_call_costs_beyond_its_hold_is_overrun_only_as_far_as_it_does_not_fit() {
        rules(usd("b", Period.DAY, 2 * USD, BLOCK));
        hold(ONE).settle(new Amount(USD * 3 / 2, 0));
        assertThat(balance("b").overrunNanos()).isZero();
        Reservation last = hold(new Amount(USD / 4, 0));
        last.settle(new Amount(USD, 0));
        assertThat(balance("b").overrunNanos()).isEqualTo(USD / 2);
        assertThat(balance("b").spentNanos()).isEqualTo(USD * 5 / 2);
        assertThat(balance("b").remainingNanos()).isZero();
    }

    @Test
    void a_hold_settles_once() {
        rules(usd("b", Period.DAY, 10 * USD, BLOCK));
        Reservation hold = hold(ONE);
        hold.settle(ONE);
        hold.settle(ONE);
        hold.release();
        assertThat(hold.extend(ONE)).isFalse();
        assertThat(hold.resize(Amount.ZERO)).isFalse();
        assertThat(balance("b").spentNanos()).isEqualTo(USD);
        assertThat(balance("b").heldNanos()).isZero();
    }

    @Test
    void a_hold_grows_as_far_as_there_is_money_and_always_shrinks() {
        rules(usd("b", Period.DAY, 3 * USD, BLOCK));
        Reservation hold = hold(ONE);
        assertThat(hold.extend(ONE)).isTrue();
        assertThat(hold.extend(new Amount(2 * USD, 0))).isFalse();
        assertThat(hold.held().nanos()).isEqualTo(2 * USD);
        assertThat(hold.resize(new Amount(4 * USD, 0))).isFalse();
        assertThat(hold.resize(new Amount(USD / 2, 0))).isTrue();
        assertThat(balance("b").heldNanos()).isEqualTo(USD / 2);
        assertThat(balance("b").heldTokens()).isZero();
    }

    @Test
    void a_call_settles_in_the_period_it_was_made_in() {
        rules(usd("b", Period.HOUR, 3 * USD, BLOCK));
        Reservation early = hold(ONE);
        time.pass(Duration.ofHours(1));
        Reservation late = hold(ONE);
        early.settle(ONE);
        assertThat(balance("b").spentNanos()).isZero();
        late.settle(ONE);
        assertThat(balance("b").spentNanos()).isEqualTo(USD);
        assertThat(balance("b").heldNanos()).isZero();
    }

    @Test
    void a_clock_that_jumps_back_does_not_reopen_a_period() {
        rules(usd("b", Period.HOUR, 2 * USD, BLOCK));
        time.set(Instant.parse("2026-11-22T11:00:00Z"));
        spend(new Amount(2 * USD, 0));
        time.set(Instant.parse("2026-11-22T10:59:59Z"));
        assertThat(reserve(ONE)).isInstanceOf(Shortage.class);
        assertThat(only("b").span().from())
                .isEqualTo(Instant.parse("2026-11-22T11:00:00Z").toEpochMilli());
        time.set(Instant.parse("2026-11-22T12:00:00Z"));
        hold(ONE);
    }

    @Test
    void a_lease_that_runs_out_settles_at_what_was_metered_and_a_late_end_corrects_it() {
        rules(usd("b", Period.DAY, 10 * USD, BLOCK));
        Reservation dead = hold(ONE);
        dead.metered(new Amount(USD / 4, 25));
        time.pass(Duration.ofMinutes(9));
        assertThat(ledger.expireLeases()).isEmpty();
        time.pass(Duration.ofMinutes(1));
        assertThat(ledger.expireLeases()).containsExactly("r");
        assertThat(balance("b").heldNanos()).isZero();
        assertThat(balance("b").spentNanos()).isEqualTo(USD / 4);
        assertThat(ledger.holds()).isZero();
        assertThat(dead.isOpen()).isFalse();
        dead.metered(new Amount(USD / 3, 25));
        dead.settle(new Amount(USD / 2, 50));
        dead.settle(ONE);
        assertThat(balance("b").spentNanos()).isEqualTo(USD / 2);
        assertThat(balance("b").spentTokens()).isEqualTo(50);
    }

    @Test
    void progress_renews_the_lease() {
        rules(usd("b", Period.DAY, 10 * USD, BLOCK));
        Reservation alive = hold(ONE);
        for (int i = 0; i < 5; i++) {
            time.pass(Duration.ofMinutes(9));
            alive.metered(new Amount(i, i));
            assertThat(ledger.expireLeases()).isEmpty();
        }
        assertThat(alive.isOpen()).isTrue();
    }

    @Test
    void each_value_has_an_account_of_its_own_and_calls_without_one_share_one() {
        rules(usd("per-user", Period.DAY, USD, BLOCK, "user"));
        spend(ONE, "user", "ann");
        spend(ONE, "user", "bob");
        spend(ONE);
        assertThat(reserve(ONE, "user", "ann")).isInstanceOf(Shortage.class);
        assertThat(reserve(ONE, "team", "x")).isInstanceOf(Shortage.class);
        assertThat(ledger.accounts("per-user"))
                .extracting(AccountView::each)
                .containsExactlyInAnyOrder(Map.of("user", "ann"), Map.of("user", "bob"), Map.of("user", ""));
    }

    @Test
    void more_values_than_there_is_room_for_share_one_limit_and_nothing_spent_is_forgotten() {
        rules(usd("per-user", Period.DAY, 2 * USD, BLOCK, "user"));
        for (int i = 0; i < 3; i++) {
            spend(ONE, "user", "u" + i);
        }
        spend(ONE, "user", "u3");
        spend(ONE, "user", "u4");
        assertThat(reserve(ONE, "user", "u5")).isInstanceOf(Shortage.class);
        assertThat(ledger.overflowed()).isEqualTo(3);
        spend(ONE, "user", "u0");
        assertThat(ledger.accounts("per-user"))
                .extracting(view -> view.balance().spentNanos())
                .containsExactlyInAnyOrder(2 * USD, USD, USD, 2 * USD);
    }

    @Test
    void accounts_that_would_start_at_zero_anyway_make_room() {
        rules(usd("per-user", Period.DAY, 2 * USD, BLOCK, "user"));
        hold(ONE, "user", "idle").release();
        hold(ONE, "user", "held");
        spend(ONE, "user", "spent");
        spend(ONE, "user", "new");
        assertThat(ledger.accounts("per-user"))
                .extracting(view -> view.each().get("user"))
                .containsExactlyInAnyOrder("held", "spent", "new");
        time.pass(Duration.ofDays(1));
        spend(ONE, "user", "tomorrow");
        assertThat(ledger.accounts("per-user"))
                .extracting(view -> view.each().get("user"))
                .containsExactly("tomorrow");
    }

    @Test
    void only_calls_that_match_every_dimension_count() {
        rules(rule(
                "b", Map.of("team", List.of("check*"), "model", List.of("o1", "gpt-*")), Period.DAY, USD, -1, BLOCK));
        spend(ONE, "team", "search");
        spend(ONE);
        assertThat(balance("b").spentNanos()).isZero();
        spend(ONE, "team", "checkout");
        assertThat(balance("b").spentNanos()).isEqualTo(USD);
    }

    @Test
    void a_raise_counts_at_once_and_ends_by_itself() {
        rules(usd("b", Period.DAY, USD, BLOCK), usd("other", Period.DAY, 9 * USD, BLOCK));
        spend(ONE);
        assertThat(reserve(ONE)).isInstanceOf(Shortage.class);
        long until = time.millis() + 60_000;
        ledger.raises(List.of(new Raise(1, "b", List.of(), 2 * USD, 0, time.millis(), until, "ops", "launch")));
        spend(ONE);
        assertThat(only("b").raises()).hasSize(1);
        assertThat(balance("b").remainingNanos()).isEqualTo(USD);
        assertThat(only("other").raises()).isEmpty();
        time.pass(Duration.ofMinutes(1));
        assertThat(reserve(new Amount(1, 0))).isInstanceOf(Shortage.class);
        assertThat(only("b").raises()).isEmpty();
        assertThat(balance("b").marks().limitNanos()).isEqualTo(USD);
    }

    @Test
    void a_raise_for_one_account_leaves_the_others_alone() {
        rules(usd("per-user", Period.DAY, USD, BLOCK, "user"));
        spend(ONE, "user", "ann");
        spend(ONE, "user", "bob");
        ledger.raises(List.of(new Raise(
                1, "per-user", List.of("ann"), USD, 0, time.millis(), time.millis() + 60_000, "ops", "launch")));
        spend(ONE, "user", "ann");
        assertThat(reserve(ONE, "user", "bob")).isInstanceOf(Shortage.class);
    }

    @Test
    void each_rung_is_told_of_once_in_a_period() {
        rules(usd("b", Period.HOUR, 4 * USD, ladder("50% notify", "75% notify", "100% block")));
        spend(ONE);
        assertThat(told).isEmpty();
        spend(ONE);
        assertThat(told).singleElement().satisfies(event -> {
            assertThat(event.rung().id()).isEqualTo("notify@0.5");
            assertThat(event.spentNanos()).isEqualTo(2 * USD);
            assertThat(event.limitNanos()).isEqualTo(4 * USD);
            assertThat(event.resets()).isEqualTo(Instant.parse("2026-11-22T11:00:00Z"));
        });
        spend(ONE);
        spend(new Amount(USD / 2, 0));
        assertThat(told).hasSize(2);
        assertThat(reserve(ONE)).isInstanceOf(Shortage.class);
        assertThat(reserve(ONE)).isInstanceOf(Shortage.class);
        assertThat(told).extracting(event -> event.rung().id()).containsExactly("notify@0.5", "notify@0.75", "block@1");
        time.pass(Duration.ofHours(1));
        spend(new Amount(3 * USD, 0));
        assertThat(told).hasSize(5);
        assertThat(told).extracting(RungReached::eventId).doesNotHaveDuplicates();
    }

    @Test
    void a_jump_over_several_rungs_tells_of_each() {
        rules(usd("b", Period.DAY, USD, ladder("50% notify", "90% notify", "100% block")));
        spend(ONE);
        assertThat(told).hasSize(3);
    }

    @Test
    void notifications_wait_for_what_is_spent_and_steering_counts_what_is_held() {
        rules(usd("b", Period.DAY, 10 * USD, ladder("20% notify", "20% downgrade", "30% cache_only")));
        Reservation first = hold(new Amount(2 * USD, 0));
        assertThat(first.actions()).isEqualTo(Actions.NONE);
        assertThat(told).extracting(event -> event.rung().action()).containsExactly(Action.DOWNGRADE);
        Reservation second = hold(ONE);
        assertThat(Actions.contains(second.actions(), Action.DOWNGRADE)).isTrue();
        assertThat(Actions.contains(second.actions(), Action.CACHE_ONLY)).isFalse();
        assertThat(Actions.contains(hold(ONE).actions(), Action.CACHE_ONLY)).isTrue();
        first.release();
        second.release();
        assertThat(hold(ONE).actions()).isEqualTo(Actions.NONE);
    }

    @Test
    void another_limit_takes_hold_at_once_and_keeps_what_was_spent_and_reached() {
        rules(usd("b", Period.DAY, 2 * USD, ladder("50% notify", "100% block")));
        spend(new Amount(2 * USD, 0));
        assertThat(told).hasSize(2);
        rules(usd("b", Period.DAY, 8 * USD, ladder("25% downgrade", "50% notify", "100% block")));
        spend(new Amount(5 * USD, 0));
        assertThat(balance("b").spentNanos()).isEqualTo(7 * USD);
        assertThat(told)
                .extracting(event -> event.rung().id())
                .containsExactly("notify@0.5", "block@1", "downgrade@0.25");
    }

    @Test
    void a_budget_that_counts_other_calls_begins_with_its_history() {
        rules(usd("b", Period.DAY, 2 * USD, BLOCK));
        spend(ONE);
        History history = (rule, into) -> {
            into.spent(
                    List.of("ann"),
                    rule.period().spanAt(time.millis(), rule.zone()).from(),
                    USD,
                    7);
            into.spent(List.of("ann"), 0, 55 * USD, 7);
        };
        ledger.rules(List.of(usd("b", Period.DAY, 2 * USD, BLOCK, "user")), List.of(), history, time.millis());
        assertThat(only("b").each()).containsEntry("user", "ann");
        assertThat(balance("b").spentNanos()).isEqualTo(USD);
    }

    @Test
    void a_call_that_goes_to_another_provider_moves_to_that_providers_budgets() {
        rules(
                rule("openai", Map.of("provider", List.of("openai")), Period.DAY, 2 * USD, -1, BLOCK),
                rule("groq", Map.of("provider", List.of("groq")), Period.DAY, USD, -1, BLOCK),
                usd("all", Period.DAY, 9 * USD, BLOCK));
        Reservation call = hold(ONE);
        assertThat(ledger.move(call, call().at("groq"), time.millis())).isTrue();
        assertThat(balance("openai").heldNanos()).isZero();
        assertThat(balance("groq").heldNanos()).isEqualTo(USD);
        assertThat(balance("all").heldNanos()).isEqualTo(USD);
        Reservation second = hold(ONE);
        assertThat(ledger.move(second, call().at("groq"), time.millis())).isFalse();
        assertThat(balance("openai").heldNanos()).isEqualTo(USD);
        ledger.settle(second, call().at("groq"), ONE, time.millis());
        call.settle(ONE);
        assertThat(balance("groq").spentNanos()).isEqualTo(2 * USD);
        assertThat(balance("groq").overrunNanos()).isEqualTo(USD);
        assertThat(balance("openai").spentNanos()).isZero();
        assertThat(balance("all").spentNanos()).isEqualTo(2 * USD);
        assertThat(balance("all").heldNanos()).isZero();
    }
}
