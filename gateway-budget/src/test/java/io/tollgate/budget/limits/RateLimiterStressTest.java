package io.tollgate.budget.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.budget.ledger.Attribution;
import io.tollgate.budget.ledger.TestTime;
import io.tollgate.core.exchange.Tags;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RateLimiterStressTest {
    private static final int THREADS = 4;

    private static void inParallel(Callable<Void> work) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Future<Void>> all = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                all.add(threads.submit(work));
            }
            for (Future<Void> one : all) {
                one.get();
            }
        }
    }

    private static Attribution user(String name) {
        return new Attribution(Tags.of(Map.of("user", name)), null, null, null);
    }

    @Test
    void parallel_takes_never_exceed_the_limit() throws Exception {
        RateLimiter limiter = new RateLimiter(100, new TestTime("2026-11-22T10:00:00Z"));
        Rate thousand = Rate.of(1000, Duration.ofMinutes(1));
        limiter.rules(List.of(
                new RateLimitRule("a", Map.of(), List.of(), thousand, null, -1),
                new RateLimitRule("b", Map.of(), List.of("user"), null, Rate.of(7000, Duration.ofMinutes(1)), -1)));
        AtomicInteger granted = new AtomicInteger();
        inParallel(() -> {
            for (int i = 0; i < 2000; i++) {
                if (limiter.take(user("u"), 10, 0) instanceof RatePermit) {
                    granted.incrementAndGet();
                }
            }
            return null;
        });
        assertThat(granted.get()).isEqualTo(700);
    }

    @Test
    void parallel_calls_never_hold_more_slots_than_there_are_and_leave_none_behind() throws Exception {
        RateLimiter limiter = new RateLimiter(4, System::nanoTime);
        List<RateLimitRule> rules = List.of(
                new RateLimitRule("all", Map.of(), List.of(), null, null, 3),
                new RateLimitRule(
                        "per-user",
                        Map.of(),
                        List.of("user"),
                        Rate.of(1_000_000_000L, Duration.ofSeconds(1)),
                        null,
                        2));
        limiter.rules(rules);
        AtomicInteger open = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger granted = new AtomicInteger();
        AtomicInteger worker = new AtomicInteger();
        inParallel(() -> {
            SplittableRandom random = new SplittableRandom(worker.incrementAndGet());
            for (int i = 0; i < 50_000; i++) {
                if (i % 1000 == 0) {
                    limiter.rules(random.nextBoolean() ? rules : rules.reversed());
                }
                if (limiter.take(user("u" + random.nextInt(40)), 0, 0) instanceof RatePermit permit) {
                    most.accumulateAndGet(open.incrementAndGet(), Math::max);
                    granted.incrementAndGet();
                    open.decrementAndGet();
                    permit.settle(0);
                }
            }
            return null;
        });
        assertThat(most.get()).isBetween(1, 3);
        assertThat(granted.get()).isPositive();
        assertThat(limiter.accounts()).isLessThanOrEqualTo(6);
        for (int i = 0; i < 2; i++) {
            assertThat(limiter.take(user("again"), 0, 0)).isInstanceOf(RatePermit.class);
        }
    }
}
