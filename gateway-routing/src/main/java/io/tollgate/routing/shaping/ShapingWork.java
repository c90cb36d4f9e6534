package io.tollgate.routing.shaping;

import java.util.Arrays;
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
    private final LongAdder[] prompts = adders();
    private final LongAdder[] tokens = adders();
    private final LongAdder skipped = new LongAdder();

    /** Nothing done yet; threads are made when there is work and end when there is none. */
    public ShapingWork() {
        threads.allowCoreThreadTimeOut(true);
    }

    private static LongAdder[] adders() {
        LongAdder[] adders = new LongAdder[ShapingLever.values().length];
        Arrays.setAll(adders, i -> new LongAdder());
        return adders;
    }

    Executor threads() {
        return threads;
    }

    void shaped(ShapingLever lever, long fewerTokens) {
        prompts[lever.ordinal()].increment();
        tokens[lever.ordinal()].add(fewerTokens);
    }

    void skip() {
        skipped.increment();
    }

    /** Prompts a lever made shorter. */
    public long prompts(ShapingLever lever) {
        return prompts[lever.ordinal()].sum();
    }

    /** Tokens it left out, estimated. */
    public long tokens(ShapingLever lever) {
        return tokens[lever.ordinal()].sum();
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
