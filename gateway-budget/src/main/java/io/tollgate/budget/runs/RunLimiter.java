package io.tollgate.budget.runs;

import io.tollgate.budget.ledger.Attribution;
import io.tollgate.core.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** All run limits and what the runs have done. Any thread; runs share no lock. */
public final class RunLimiter {
    /** Runs of one rule; about 1 KB each, 5 KB with more than a hundred tool calls. */
    public static final int MAX_RUNS = 10_000;
    /** After so long without a call a session begins anew. */
    public static final Duration IDLE = Duration.ofHours(24);

    private final int maxRuns;
    private final Duration idle;
    private final Ticker ticker;
    private final LongAdder forgotten = new LongAdder();
    private final Map<RunLimitKind, LongAdder> refused = new EnumMap<>(RunLimitKind.class);
    private final Map<RunCallKind, LongAdder> calls = new EnumMap<>(RunCallKind.class);
    private volatile RunLimit[] limits = {};

    /** Without rules yet. */
    public RunLimiter(int maxRuns, Duration idle, Ticker ticker) {
        this.maxRuns = maxRuns;
        this.idle = idle;
        this.ticker = ticker;
        for (RunLimitKind kind : RunLimitKind.values()) {
            refused.put(kind, new LongAdder());
        }
        for (RunCallKind kind : RunCallKind.values()) {
            calls.put(kind, new LongAdder());
        }
    }

    /** Limits by these from now on. A rule that matches the same calls as before keeps its runs. */
    public synchronized void rules(List<RunLimitRule> rules) {
        List<RunLimit> next = new ArrayList<>();
        for (RunLimitRule rule : rules) {
            RunLimit known = find(rule);
            if (known == null) {
                next.add(new RunLimit(rule, maxRuns, idle, ticker, forgotten));
            } else {
                known.replace(rule);
                next.add(known);
            }
        }
        limits = next.toArray(RunLimit[]::new);
    }

    private @Nullable RunLimit find(RunLimitRule rule) {
        for (RunLimit limit : limits) {
            if (limit.rule().name().equals(rule.name()) && limit.rule().match().equals(rule.match())) {
                return limit;
            }
        }
        return null;
    }

    /** Whether there are any rules. */
    public boolean hasRules() {
        return limits.length > 0;
    }

    /** Whether any rule looks at this dimension. */
    boolean looksAt(String dimension) {
        for (RunLimit limit : limits) {
            if (limit.rule().match().containsKey(dimension)) {
                return true;
            }
        }
        return false;
    }

    /** All of them. */
    List<RunLimit> all() {
        return List.of(limits);
    }

    /** The rules that apply to a call. */
    List<RunLimit> applying(Attribution call) {
        List<RunLimit> applying = List.of();
        for (RunLimit limit : limits) {
            if (limit.rule().applies(call)) {
                applying = applying.isEmpty() ? new ArrayList<>(2) : applying;
                applying.add(limit);
            }
        }
        return applying;
    }

    void countRefusal(RunLimitKind kind) {
        Objects.requireNonNull(refused.get(kind)).increment();
    }

    void countCall(RunCallKind kind) {
        Objects.requireNonNull(calls.get(kind)).increment();
    }

    /** Calls refused so far for this reason. */
    public long refused(RunLimitKind kind) {
        return Objects.requireNonNull(refused.get(kind)).sum();
    }

    /** Calls of limited runs so far that counted as this. */
    public long calls(RunCallKind kind) {
        return Objects.requireNonNull(calls.get(kind)).sum();
    }

    /** Runs held. */
    public long runs() {
        long all = 0;
        for (RunLimit limit : limits) {
            all += limit.runs();
        }
        return all;
    }

    /** Runs forgotten for want of room. */
    public long forgotten() {
        return forgotten.sum();
    }
}
