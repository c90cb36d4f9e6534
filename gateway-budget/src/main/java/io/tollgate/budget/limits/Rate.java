package io.tollgate.budget.limits;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * So many things in so much time, in numbers with which a bucket is kept exactly in a {@code long}: time advances in
 * quanta, a thing is worth as many <em>drops</em> as its period has quanta, and in every quantum as many drops come back
 * as the rate has things. A quantum is 1 ns, and nothing is ever rounded, unless the numbers are huge (1.2 ms for 1G/day);
 * then the rate is at most one quantum in a period slower than it says, never faster.
 */
public final class Rate {
    /** The largest rate there is. */
    public static final long MOST = 1_000_000_000_000L;
    /** So that a bucket can owe {@link TokenBucket#MOST_OWED} times what it holds. */
    private static final long MOST_DROPS = 1L << 56;

    private final long amount;
    private final Duration per;
    private final long quantum;
    private final long drops;

    private Rate(long amount, Duration per, long quantum) {
        this.amount = amount;
        this.per = per;
        this.quantum = quantum;
        this.drops = Math.ceilDiv(per.toNanos(), quantum);
    }

    /** {@code amount} from 1 to {@link #MOST} things in a time above zero. */
    public static Rate of(long amount, Duration per) {
        if (amount < 1 || amount > MOST || !per.isPositive()) {
            throw new IllegalArgumentException("rate " + amount + " per " + per);
        }
        long most = MOST_DROPS / amount;
        return new Rate(amount, per, Math.max(1, Math.ceilDiv(per.toNanos(), most)));
    }

    /** Things in a period; also as many as can be taken at once. */
    public long amount() {
        return amount;
    }

    /** The period. */
    public Duration per() {
        return per;
    }

    /** Nanoseconds of one quantum. */
    long quantum() {
        return quantum;
    }

    /** What one thing is worth. */
    long drops() {
        return drops;
    }

    /** {@code 60/min}: as the configuration writes it. */
    @Override
    public String toString() {
        long seconds = per.toSeconds();
        return amount + "/"
                + (seconds == 1
                        ? "s"
                        : seconds == 60 ? "min" : seconds == 3600 ? "h" : seconds == 86_400 ? "day" : per.toString());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Rate rate && rate.amount == amount && rate.per.equals(per);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(amount) * 31 + per.hashCode();
    }
}
