package io.tollgate.core.learn;

import java.util.Arrays;

/**
 * Quantiles of positive numbers seen lately, to within 4 %. Buckets grow by a factor, and what was seen loses half its
 * weight with every {@link #HALF_LIFE} numbers that follow, so that a drift is followed. 1.2 KB. Not thread-safe.
 */
public final class DecayingHistogram {
    /** So many numbers later a number counts half. */
    public static final int HALF_LIFE = 500;

    /** The largest number told from larger ones. */
    public static final long MOST = 1L << 32;

    private static final double GROWTH = 1.08;
    private static final double LOG_GROWTH = Math.log(GROWTH);
    private static final int BUCKETS = 2 + (int) Math.ceil(Math.log((double) MOST) / LOG_GROWTH);
    private static final double FADING = Math.pow(0.5, -1.0 / HALF_LIFE);
    private static final double RESCALE_AT = 1e20;

    private final float[] weights = new float[BUCKETS];
    private double unit = 1;
    private double total;
    private long samples;

    /** Nothing seen yet. */
    public DecayingHistogram() {}

    /** Another number; negative ones count as 0, larger ones than {@link #MOST} as that. */
    public void record(long value) {
        unit *= FADING;
        if (unit > RESCALE_AT) {
            rescale();
        }
        weights[bucket(value)] += (float) unit;
        total += unit;
        samples++;
    }

    private void rescale() {
        total = 0;
        for (int i = 0; i < BUCKETS; i++) {
            weights[i] = (float) (weights[i] / unit);
            total += weights[i];
        }
        unit = 1;
    }

    /** How many numbers were seen in all. */
    public long samples() {
        return samples;
    }

    /**
     * A number that this share of what was seen lately does not exceed, rather too large than too small; 0 when nothing
     * was seen.
     */
    public long quantile(double share) {
        double below = share * total;
        double sum = 0;
        int last = 0;
        for (int i = 0; i < BUCKETS && (sum < below || sum == 0); i++) {
            if (weights[i] > 0) {
                sum += weights[i];
                last = i;
            }
        }
        return upperEdge(last);
    }

    private static int bucket(long value) {
        if (value <= 0) {
            return 0;
        }
        int bucket = 1 + (int) Math.ceil(Math.log((double) Math.min(value, MOST)) / LOG_GROWTH - 1e-9);
        return Math.min(bucket, BUCKETS - 1);
    }

    private static long upperEdge(int bucket) {
        return bucket == 0 ? 0 : (long) Math.min((double) MOST, Math.pow(GROWTH, bucket - 1));
    }

    /** Its weights, as shares of one number's; for keeping. */
    float[] state() {
        float[] state = Arrays.copyOf(weights, BUCKETS);
        for (int i = 0; i < BUCKETS; i++) {
            state[i] = (float) (state[i] / unit);
        }
        return state;
    }

    /** Goes on from kept weights; what is no weight counts as none. */
    static DecayingHistogram of(float[] state, long samples) {
        DecayingHistogram histogram = new DecayingHistogram();
        for (int i = 0; i < Math.min(state.length, BUCKETS); i++) {
            if (state[i] > 0 && state[i] <= 2 * HALF_LIFE) {
                histogram.weights[i] = state[i];
                histogram.total += state[i];
            }
        }
        histogram.samples = Math.max(0, samples);
        return histogram;
    }
}
