package io.tollgate.routing.fallback;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.tollgate.core.provider.Target;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * How the targets are, judged by the calls made to them: a circuit breaker for each, which opens when half of its last 20
 * calls failed (10 seen at least) and lets three try again after 30 s. Outlives reloads; bounded by {@value #MOST}
 * targets, for callers name models. Any thread.
 */
public final class TargetHealth {
    static final int MOST = 1_000;
    static final Duration COOL_DOWN = Duration.ofSeconds(30);

    private final Map<String, CircuitBreaker> breakers = new ConcurrentHashMap<>();
    private final AtomicInteger size = new AtomicInteger();
    private final RetryBudget budget = new RetryBudget(10, 100);
    private final HedgeBook hedges = new HedgeBook();
    private final LongAdder retries = new LongAdder();
    private final LongAdder fallbacks = new LongAdder();
    private final LongAdder overBudget = new LongAdder();
    private final CircuitBreakerConfig config;

    /** Cools down by this clock. */
    public TargetHealth(Clock clock) {
        config = CircuitBreakerConfig.custom()
                .slidingWindowType(SlidingWindowType.COUNT_BASED)
                .slidingWindowSize(20)
                .minimumNumberOfCalls(10)
                .failureRateThreshold(50)
                .permittedNumberOfCallsInHalfOpenState(3)
                .waitDurationInOpenState(COOL_DOWN)
                .writableStackTraceEnabled(false)
                .clock(clock)
                .build();
    }

    /** Whether a call may be made; {@link #succeeded}, {@link #failed} or {@link #abandoned} is to follow. */
    boolean tryCall(Target target) {
        CircuitBreaker breaker = breaker(target);
        return breaker == null || breaker.tryAcquirePermission();
    }

    void succeeded(Target target) {
        CircuitBreaker breaker = breaker(target);
        if (breaker != null) {
            breaker.onSuccess(0, TimeUnit.NANOSECONDS);
        }
    }

    void failed(Target target) {
        CircuitBreaker breaker = breaker(target);
        if (breaker != null) {
            breaker.onError(0, TimeUnit.NANOSECONDS, new CallFailed());
        }
    }

    void abandoned(Target target) {
        CircuitBreaker breaker = breaker(target);
        if (breaker != null) {
            breaker.releasePermission();
        }
    }

    private @Nullable CircuitBreaker breaker(Target target) {
        String name = target.name();
        CircuitBreaker known = breakers.get(name);
        if (known != null || size.get() >= MOST) {
            return known;
        }
        return breakers.computeIfAbsent(name, fresh -> {
            size.incrementAndGet();
            return CircuitBreaker.of(fresh, config);
        });
    }

    RetryBudget budget() {
        return budget;
    }

    /** Calls made beside late ones. */
    public HedgeBook hedges() {
        return hedges;
    }

    void retried() {
        retries.increment();
    }

    void movedOn() {
        fallbacks.increment();
    }

    void refusedByBudget() {
        overBudget.increment();
    }

    /** Tries at the same target since the start. */
    public long retries() {
        return retries.sum();
    }

    /** Calls that went to the next target. */
    public long fallbacks() {
        return fallbacks.sum();
    }

    /** Tries that the retry budget did not allow. */
    public long retriesOverBudget() {
        return overBudget.sum();
    }

    /**
     * How a target is.
     *
     * @param target provider and model
     * @param state {@code closed}: it is called; {@code open}: it is passed by; {@code half_open}: a few calls decide
     * @param calls of late that count
     * @param failures among them
     */
    public record State(String target, String state, int calls, int failures) {}

    /** All targets that were called, by name. */
    public List<State> states() {
        return breakers.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(each -> new State(
                        each.getKey(),
                        each.getValue().getState().name().toLowerCase(Locale.ROOT),
                        each.getValue().getMetrics().getNumberOfBufferedCalls(),
                        each.getValue().getMetrics().getNumberOfFailedCalls()))
                .toList();
    }

    /** Targets that are not called at present. */
    public long open() {
        return breakers.values().stream()
                .filter(breaker -> breaker.getState() == CircuitBreaker.State.OPEN)
                .count();
    }

    /** The library wants a throwable; nobody looks at it. */
    private static final class CallFailed extends Exception {
        private static final long serialVersionUID = 1;

        private CallFailed() {
            super("the call failed", null, false, false);
        }
    }
}
