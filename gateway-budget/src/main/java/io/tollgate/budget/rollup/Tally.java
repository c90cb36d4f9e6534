package io.tollgate.budget.rollup;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sums over some rows. Adding throws {@link ArithmeticException} where a sum leaves 64 bits. Confined to one thread.
 */
public final class Tally {
    /** Requests, each counted where its last attempt stands. */
    public static final int REQUESTS = 0;
    /** Rows. */
    public static final int ATTEMPTS = 1;
    /** The first of the ten counts of a usage, in the order of its record. */
    public static final int USAGE = 2;
    /** Nano-dollars of priced rows. */
    public static final int COST = 12;
    /** Nano-dollars they would have cost. */
    public static final int BASELINE = 13;
    /** Rows without a price. */
    public static final int UNPRICED = 14;
    /** Requests answered from the cache. */
    public static final int CACHE_HITS = 15;
    /** Requests that failed. */
    public static final int ERRORS = 16;
    /** Requests that Tollgate refused. */
    public static final int REFUSED = 17;
    /** Requests that were not refused. */
    public static final int ANSWERED = 18;

    /** How many sums there are. */
    static final int SUMS = 19;

    private final long[] sums = new long[SUMS];
    private final Map<String, Long> saved = new TreeMap<>();
    private int lowestStep;
    private long[] latencies = {};

    /** One of the sums. */
    public long sum(int which) {
        return sums[which];
    }

    void add(int which, long value) {
        sums[which] = Math.addExact(sums[which], value);
    }

    /** Nano-dollars by lever. */
    public Map<String, Long> saved() {
        return saved;
    }

    void addSaved(String lever, long nanos) {
        saved.merge(lever, nanos, Math::addExact);
    }

    /** Answered requests by the step of their latency, from {@link #lowestStep} on. */
    long[] latencies() {
        return latencies;
    }

    int lowestStep() {
        return lowestStep;
    }

    void addLatency(int step, long requests) {
        if (latencies.length == 0) {
            lowestStep = step;
            latencies = new long[] {requests};
            return;
        }
        if (step < lowestStep) {
            long[] wider = new long[latencies.length + lowestStep - step];
            System.arraycopy(latencies, 0, wider, lowestStep - step, latencies.length);
            latencies = wider;
            lowestStep = step;
        } else if (step >= lowestStep + latencies.length) {
            latencies = Arrays.copyOf(latencies, step - lowestStep + 1);
        }
        latencies[step - lowestStep] += requests;
    }

    /** Adds all of the other. */
    public void add(Tally other) {
        for (int i = 0; i < SUMS; i++) {
            add(i, other.sums[i]);
        }
        other.saved.forEach(this::addSaved);
        for (int i = 0; i < other.latencies.length; i++) {
            if (other.latencies[i] != 0) {
                addLatency(other.lowestStep + i, other.latencies[i]);
            }
        }
    }

    /** The latency, in microseconds, that so many hundredths of the answered requests stay at or below; -1 for none. */
    public long percentile(int hundredths) {
        long rank = (sums[ANSWERED] * hundredths + 99) / 100;
        long seen = 0;
        for (int i = 0; i < latencies.length; i++) {
            seen += latencies[i];
            if (seen >= rank && seen > 0) {
                return LatencyScale.micros(lowestStep + i);
            }
        }
        return -1;
    }
}
