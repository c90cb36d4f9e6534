package io.tollgate.budget.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.budget.ledger.Attribution;
import io.tollgate.budget.ledger.TestTime;
import io.tollgate.core.exchange.Tags;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RunLimiterTest {
    private static final Attribution AGENT = new Attribution(Tags.of(Map.of("feature", "agent")), null, null, null);

    private final TestTime time = new TestTime("2026-11-22T10:00:00Z");
    private final RunLimiter limiter = new RunLimiter(1000, Duration.ofHours(24), time);
    private long bodies;

    private static RunLimitRule steps(String name, Map<String, List<String>> match, long steps) {
        return new RunLimitRule(name, match, steps, -1, -1, -1, -1, -1);
    }

    private boolean step(@Nullable String key, String session) {
        RunAdmission admission = new RunAdmission(new RunRequest(true, ++bodies, 0, List.of()));
        for (RunLimit limit : limiter.applying(AGENT)) {
            if (admission.begin(limit.run(key, session), limit.rule()) != null) {
                admission.end(RunEnding.NOT_SENT, 0, 0);
                return false;
            }
        }
        admission.end(RunEnding.ANSWERED, 1, 1);
        return true;
    }

    private int stepsOf(int tries, @Nullable String key, String session) {
        int granted = 0;
        for (int i = 0; i < tries; i++) {
            granted += step(key, session) ? 1 : 0;
        }
        return granted;
    }

    @Test
    void a_million_sessions_hold_a_bounded_number_of_runs_and_an_agent_at_work_is_not_forgotten() {
        limiter.rules(List.of(steps("r", Map.of(), 1000)));
        int granted = 0;
        for (int i = 0; i < 1_000_000; i++) {
            step(null, "made-up-" + i);
            if (i % 500 == 0) {
                granted += stepsOf(1, null, "agent");
            }
        }
        assertThat(limiter.runs()).isLessThanOrEqualTo(1001);
        assertThat(limiter.forgotten()).isGreaterThan(900_000);
        assertThat(granted).isEqualTo(1000);
    }

    @Test
    void a_session_of_one_key_is_not_that_of_another() {
        limiter.rules(List.of(steps("r", Map.of(), 2)));
        assertThat(List.of(stepsOf(5, "a", "s"), stepsOf(5, "b", "s"), stepsOf(5, null, "s"), stepsOf(5, "a", "t")))
                .containsOnly(2);
    }

    @Test
    void a_session_that_was_idle_for_a_day_begins_anew() {
        limiter.rules(List.of(steps("r", Map.of(), 2)));
        stepsOf(2, null, "s");
        time.pass(Duration.ofHours(23));
        assertThat(step(null, "s")).isFalse();
        time.pass(Duration.ofHours(23));
        assertThat(step(null, "s")).as("a refused call is a sign of life").isFalse();
        time.pass(Duration.ofHours(24));
        assertThat(stepsOf(5, null, "s")).isEqualTo(2);
    }

    @Test
    void a_call_that_one_rule_refuses_is_no_step_to_the_others() {
        limiter.rules(List.of(steps("wide", Map.of("feature", List.of("a*")), 10), steps("narrow", Map.of(), 2)));
        assertThat(stepsOf(20, null, "s")).isEqualTo(2);
        limiter.rules(List.of(steps("wide", Map.of("feature", List.of("a*")), 10)));
        assertThat(stepsOf(20, null, "s")).isEqualTo(8);
    }

    @Test
    void a_reload_keeps_the_runs_of_rules_that_match_the_same() {
        limiter.rules(List.of(steps("r", Map.of(), 2)));
        stepsOf(2, null, "s");
        limiter.rules(List.of(steps("other", Map.of(), 100), steps("r", Map.of(), 5)));
        assertThat(stepsOf(9, null, "s")).isEqualTo(3);
        limiter.rules(List.of(steps("r", Map.of("feature", List.of("agent")), 5)));
        assertThat(stepsOf(9, null, "s")).isEqualTo(5);
    }
}
