package io.tollgate.core.price;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * An exact amount of money in pico-dollars (1e-12 USD), as a fraction: for sums that outgrow a long and for sums of
 * differently multiplied parts. A price of 1 USD per million tokens is 1,000,000 pico-dollars per token.
 */
record PicoDollars(BigInteger numerator, BigInteger denominator) {
    static final PicoDollars ZERO = new PicoDollars(BigInteger.ZERO, BigInteger.ONE);

    private static final BigInteger PER_NANO = BigInteger.valueOf(1000);
    private static final BigInteger MAX_NANOS = BigInteger.valueOf(Long.MAX_VALUE);
    private static final BigDecimal DEAREST = BigDecimal.valueOf(1_000_000);

    /** {@code amount} times {@code factor}. */
    static PicoDollars of(BigInteger amount, Factor factor) {
        return new PicoDollars(
                amount.multiply(BigInteger.valueOf(factor.numerator())), BigInteger.valueOf(factor.denominator()));
    }

    PicoDollars plus(PicoDollars other) {
        return new PicoDollars(
                numerator.multiply(other.denominator).add(other.numerator.multiply(denominator)),
                denominator.multiply(other.denominator));
    }

    /** Nano-dollars, half up; an amount no long can hold is the largest long. */
    long toNanos() {
        BigInteger perNano = denominator.multiply(PER_NANO);
        BigInteger nanos = numerator.shiftLeft(1).add(perNano).divide(perNano.shiftLeft(1));
        return nanos.min(MAX_NANOS).longValueExact();
    }

    /** USD per million tokens as pico-dollars per token. */
    static long perToken(BigDecimal usdPerMillion) {
        return exact(usdPerMillion, 6, "USD per million tokens");
    }

    /** USD per thousand uses as pico-dollars per use. */
    static long perUse(BigDecimal usdPerThousand) {
        return exact(usdPerThousand, 9, "USD per thousand uses");
    }

    private static long exact(BigDecimal usd, int digits, String unit) {
        if (usd.signum() < 0
                || usd.compareTo(DEAREST) > 0
                || usd.stripTrailingZeros().scale() > digits) {
            throw new IllegalArgumentException("a price is 0 to 1000000 " + unit + " with at most " + digits
                    + " decimal places: " + usd.toPlainString());
        }
        return usd.movePointRight(digits).longValueExact();
    }
}
