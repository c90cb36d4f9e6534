package io.tollgate.budget.report;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Nano-dollars as cents that add up: the total is rounded half up, each part down, and the cents that are left go to the
 * parts that were cut most (largest remainder; of equal ones to the first).
 */
public final class Cents {
    private static final long NANOS = 10_000_000;

    private Cents() {}

    /** The total in whole cents. */
    public static long total(long nanos) {
        return Math.floorDiv(nanos + NANOS / 2, NANOS);
    }

    /** The parts in whole cents, which add up to {@link #total} of their sum. */
    public static long[] parts(List<Long> nanos) {
        long[] cents = nanos.stream().mapToLong(n -> Math.floorDiv(n, NANOS)).toArray();
        long left = total(nanos.stream().reduce(0L, Math::addExact))
                - Arrays.stream(cents).sum();
        IntStream.range(0, cents.length)
                .boxed()
                .sorted(Comparator.comparingLong(i -> -Math.floorMod(nanos.get(i), NANOS)))
                .limit(left)
                .forEach(i -> cents[i]++);
        return cents;
    }
}
