package io.tollgate.budget.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.budget.ladder.Action;
import io.tollgate.budget.ladder.Level;
import io.tollgate.budget.ladder.Rung;
import io.tollgate.budget.ladder.RungReached;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BudgetAlertTest {
    private static final long USD = 1_000_000_000;
    private static final ZoneId UTC = ZoneId.of("UTC");

    private static RungReached month(String at, Action action, long spent, long held, long limit) {
        return new RungReached(
                "checkout-month",
                Map.of(),
                new Rung(new BigDecimal(at), action, Level.CRITICAL),
                spent,
                1_234_567,
                held,
                0,
                limit,
                -1,
                "month",
                UTC,
                Instant.parse("2026-11-01T00:00:00Z"),
                Instant.parse("2026-12-01T00:00:00Z"),
                Instant.parse("2026-11-22T10:30:00Z"));
    }

    @Test
    void it_says_spent_of_limit_period_and_reset() {
        Alert alert = BudgetAlert.of(month("0.9", Action.NOTIFY, 450_129_999_999L, 3_200_000_000L, 500 * USD));
        assertThat(alert.text())
                .isEqualTo("Budget checkout-month is at 90 %: $450.12 of $500.00 spent (+ $3.20 held)"
                        + " in November 2026, resets 2026-12-01T00:00Z.");
        assertThat(alert.title()).isEqualTo("Budget checkout-month reached 90 % of its limit");
        assertThat(alert.severity()).isEqualTo(Level.CRITICAL);
        assertThat(alert.facts())
                .isEqualTo("{\"budget\":\"checkout-month\",\"each\":{},\"at\":0.9,\"do\":\"notify\","
                        + "\"spent\":{\"usd\":450.129999999},\"held\":{\"usd\":3.2},\"limit\":{\"usd\":500},"
                        + "\"period\":\"month\",\"from\":\"2026-11-01T00:00:00Z\","
                        + "\"resets\":\"2026-12-01T00:00:00Z\"}");
    }

    @Test
    void a_step_that_was_leapt_over_is_named_beside_the_true_figure() {
        assertThat(BudgetAlert.of(month("0.5", Action.NOTIFY, 475 * USD, 0, 500 * USD))
                        .text())
                .isEqualTo("Budget checkout-month is at 95 %, past its step at 50 %: $475.00 of $500.00 spent"
                        + " in November 2026, resets 2026-12-01T00:00Z.");
    }

    @Test
    void a_budget_that_refuses_calls_is_critical_and_says_so() {
        Alert alert = BudgetAlert.of(month("1", Action.BLOCK, 499 * USD, 0, 500 * USD));
        assertThat(alert.severity()).isEqualTo(Level.CRITICAL);
        assertThat(alert.title()).isEqualTo("Budget checkout-month refuses calls");
        assertThat(alert.text()).startsWith("Budget checkout-month is at 99 %: $499.00 of $500.00 spent");
        assertThat(alert.text()).endsWith("Calls it cannot pay for are refused.");
    }

    @Test
    void a_step_reached_by_what_is_held_does_not_claim_it_was_spent() {
        assertThat(BudgetAlert.of(month("0.95", Action.DOWNGRADE, 400 * USD, 80 * USD, 500 * USD))
                        .text())
                .startsWith("Budget checkout-month is at 80 %: $400.00 of $500.00 spent (+ $80.00 held)");
    }

    @Test
    void tokens_accounts_and_zones_are_put_as_they_are() {
        RungReached event = new RungReached(
                "per-user",
                Map.of("user", "eve\r\nBcc: all@example.com\u202e<!channel>"),
                new Rung(new BigDecimal("0.75"), Action.NOTIFY, Level.INFO),
                0,
                760_000,
                0,
                20_000,
                -1,
                1_000_000,
                "day",
                ZoneId.of("Europe/Berlin"),
                Instant.parse("2026-11-21T23:00:00Z"),
                Instant.parse("2026-11-22T23:00:00Z"),
                Instant.parse("2026-11-22T10:30:00Z"));
        assertThat(BudgetAlert.of(event).text())
                .isEqualTo("Budget per-user (user eve??Bcc: all@example.com?<!channel>) is at 76 %, past its step at"
                        + " 75 %: 760,000 of 1,000,000 tokens spent (+ 20,000 tokens held) on 2026-11-22,"
                        + " resets 2026-11-23T00:00+01:00.");
    }

    @Test
    void a_budget_without_a_period_never_resets() {
        RungReached event = new RungReached(
                "pilot",
                Map.of(),
                new Rung(new BigDecimal("0.5"), Action.NOTIFY, Level.INFO),
                4_200_000,
                0,
                0,
                0,
                8_400_000,
                -1,
                "total",
                UTC,
                null,
                null,
                Instant.parse("2026-11-22T10:30:00Z"));
        assertThat(BudgetAlert.of(event).text())
                .isEqualTo("Budget pilot is at 50 %: $0.0042 of $0.0084 spent in total, never resets.");
    }

    @Test
    void one_event_has_one_id_and_another_period_another() {
        RungReached event = month("0.9", Action.NOTIFY, 450 * USD, 0, 500 * USD);
        RungReached again = month("0.90", Action.NOTIFY, 460 * USD, 9, 500 * USD);
        RungReached other = month("0.75", Action.NOTIFY, 450 * USD, 0, 500 * USD);
        assertThat(BudgetAlert.of(event).id())
                .isEqualTo(BudgetAlert.of(again).id())
                .isNotEqualTo(BudgetAlert.of(other).id())
                .matches("evt_[0-9a-f]{32}");
    }
}
