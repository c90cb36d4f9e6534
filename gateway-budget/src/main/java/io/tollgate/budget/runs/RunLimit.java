package io.tollgate.budget.runs;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.tollgate.core.time.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * One rule and its runs. Callers choose the names of sessions, so the number of runs is bounded; where there is no room,
 * runs that come back seldom are forgotten first, which sessions made up by the thousand are.
 */
final class RunLimit {
    private final Cache<RunKey, Run> runs;
    private volatile RunLimitRule rule;

    /** A session's name means nothing beyond the key that uses it: nobody can use up another's run. */
    record RunKey(@Nullable String key, String session) {}

    RunLimit(RunLimitRule rule, int maxRuns, Duration idle, Ticker ticker, LongAdder forgotten) {
        this.rule = rule;
        this.runs = Caffeine.newBuilder()
                .maximumSize(maxRuns)
                .expireAfterAccess(idle)
                .ticker(ticker::nanos)
                .executor(Runnable::run)
                .evictionListener((@Nullable RunKey key, @Nullable Run run, RemovalCause cause) -> {
                    if (cause == RemovalCause.SIZE) {
                        forgotten.increment();
                    }
                })
                .build();
    }

    RunLimitRule rule() {
        return rule;
    }

    /** Takes other limits; what the rule matches must be the same. */
    void replace(RunLimitRule next) {
        rule = next;
    }

    Run run(@Nullable String key, String session) {
        return runs.get(new RunKey(key, session), unused -> new Run());
    }

    long runs() {
        return runs.estimatedSize();
    }
}
