package io.tollgate.routing.shaping;

import io.tollgate.core.time.Ticker;
import io.tollgate.routing.shaping.summary.Summaries;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * The threads that shape long prompts beside the event loops, and what was done. At most {@value #MOST_WAITING} prompts
 * wait; where more would, they go as they are. Any thread; outlives reloads.
 */
public final class ShapingWork {
    static final int MOST_WAITING = 64;
    private static final int THREADS = 2;
    private static final int IDLE_SECONDS = 10;

    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING),
            Thread.ofPlatform().daemon().name("shaping-", 0).factory());
    private final Map<ShapingLever, LongAdder> prompts = adders();
    private final Map<ShapingLever, LongAdder> tokens = adders();
    private final LongAdder skipped = new LongAdder();
    private final Summaries summaries;

    /** Nothing done yet; threads are made when there is work and end when there is none. */
    public ShapingWork(Ticker ticker) {
        summaries = new Summaries(ticker);
        threads.allowCoreThreadTimeOut(true);
    }

    private static Map<ShapingLever, LongAdder> adders() {
        Map<ShapingLever, LongAdder> adders = new EnumMap<>(ShapingLever.class);
        for (ShapingLever lever : ShapingLever.values()) {
            adders.put(lever, new LongAdder());
        }
        return adders;
    }

    private static LongAdder of(ShapingLever lever, Map<ShapingLever, LongAdder> adders) {
        return Objects.requireNonNull(adders.get(lever));
    }

    Executor threads() {
        return threads;
    }

    void shaped(ShapingLever lever, long fewerTokens) {
        of(lever, prompts).increment();
        of(lever, tokens).add(Math.max(0, fewerTokens));
    }

    void skip() {
        skipped.increment();
    }

    /** Summaries of turns left out. */
    public Summaries summaries() {
        return summaries;
    }

    /** Prompts a lever made shorter. */
    public long prompts(ShapingLever lever) {
        return of(lever, prompts).sum();
    }

    /** Tokens it left out, estimated. */
    public long tokens(ShapingLever lever) {
        return of(lever, tokens).sum();
    }

    /** Prompts that went as they were because too many waited. */
    public long skipped() {
        return skipped.sum();
    }

    /** Prompts that wait to be shaped. */
    public int waiting() {
        return threads.getQueue().size();
    }
}
