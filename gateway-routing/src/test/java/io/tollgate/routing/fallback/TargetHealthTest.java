package io.tollgate.routing.fallback;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.core.dialect.Family;
import io.tollgate.core.provider.Provider;
import io.tollgate.core.provider.Target;
import io.tollgate.core.provider.Timeouts;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class TargetHealthTest {
    private Instant now = Instant.parse("2026-11-22T10:00:00Z");
    private final TargetHealth health = new TargetHealth(new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    });
    private final Target target = new Target(
            new Provider("p", Family.OPENAI, URI.create("http://h"), null, Timeouts.DEFAULT), "m", "/", List.of());

    @Test
    void ten_failures_open_it_and_after_the_cool_down_three_calls_decide() {
        for (int i = 0; i < 10; i++) {
            assertThat(health.tryCall(target)).isTrue();
            health.failed(target);
        }
        assertThat(health.tryCall(target)).isFalse();
        assertThat(health.open()).isEqualTo(1);
        now = now.plus(TargetHealth.COOL_DOWN).minusMillis(1);
        assertThat(health.tryCall(target)).isFalse();
        now = now.plus(Duration.ofMillis(2));
        for (int i = 0; i < 3; i++) {
            assertThat(health.tryCall(target)).isTrue();
        }
        assertThat(health.tryCall(target)).isFalse();
        health.abandoned(target);
        assertThat(health.tryCall(target)).isTrue();
        for (int i = 0; i < 3; i++) {
            health.succeeded(target);
        }
        for (int i = 0; i < 5; i++) {
            assertThat(health.tryCall(target)).isTrue();
        }
        assertThat(health.open()).isZero();
    }

    @Test
    void tries_are_a_share_of_calls() {
        RetryBudget budget = new RetryBudget(10, 100);
        for (int i = 0; i < 10; i++) {
            assertThat(budget.tryTake()).isTrue();
        }
        assertThat(budget.tryTake()).isFalse();
        for (int i = 0; i < 5; i++) {
            budget.call(0.2);
        }
        assertThat(budget.tryTake()).isTrue();
        assertThat(budget.tryTake()).isFalse();
    }
}
