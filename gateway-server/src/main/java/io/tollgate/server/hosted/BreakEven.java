package io.tollgate.server.hosted;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * One provider whose machines are paid by the hour, over a period, beside what its tokens would have cost elsewhere.
 *
 * @param provider its name
 * @param insteadOf the model it is compared with; null: the models that were asked for
 * @param millis the period's length
 * @param requests it answered
 * @param tokens in and out
 * @param machineNanos what the machines cost in the period
 * @param tokenNanos what it costs by token besides
 * @param elsewhereNanos what the same tokens would have cost there; -1 where the price is unknown
 */
public record BreakEven(
        String provider,
        @Nullable String insteadOf,
        long millis,
        long requests,
        long tokens,
        long machineNanos,
        long tokenNanos,
        long elsewhereNanos) {
    private static final BigDecimal HOUR_MILLIS = BigDecimal.valueOf(3_600_000);
    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

    /** What {@code nanosPerHour} comes to in {@code millis}. */
    static long machineNanos(long nanosPerHour, long millis) {
        return BigDecimal.valueOf(nanosPerHour)
                .multiply(BigDecimal.valueOf(millis))
                .divide(HOUR_MILLIS, 0, RoundingMode.HALF_UP)
                .longValueExact();
    }

    /** What it kept from being paid, less what it cost; below zero it lost money. Nano-dollars. */
    public long gainNanos() {
        return elsewhereNanos - machineNanos - tokenNanos;
    }

    /** Machines and tokens together, nano-dollars per million tokens; -1 without tokens. */
    public long nanosPerMillion() {
        return tokens == 0
                ? -1
                : BigDecimal.valueOf(machineNanos + tokenNanos)
                        .multiply(MILLION)
                        .divide(BigDecimal.valueOf(tokens), 0, RoundingMode.HALF_UP)
                        .longValueExact();
    }

    /** Tokens it answered in an hour. */
    public long tokensPerHour() {
        return perHour(BigDecimal.valueOf(tokens));
    }

    /**
     * Tokens an hour from which the machines pay, for the mix of tokens seen; -1 where nothing was answered, the price
     * elsewhere is unknown, or its own tokens cost as much as elsewhere.
     */
    public long breakEvenTokensPerHour() {
        long less = elsewhereNanos - tokenNanos;
        if (tokens == 0 || less <= 0) {
            return -1;
        }
        return perHour(BigDecimal.valueOf(machineNanos)
                .multiply(BigDecimal.valueOf(tokens))
                .divide(BigDecimal.valueOf(less), 3, RoundingMode.CEILING));
    }

    private long perHour(BigDecimal count) {
        return count.multiply(HOUR_MILLIS)
                .divide(BigDecimal.valueOf(millis), 0, RoundingMode.CEILING)
                .longValueExact();
    }
}
