package io.tollgate.core.price;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What a price is multiplied by, as an exact fraction in lowest terms: some surcharges (5/3) have no finite decimal.
 *
 * @param numerator 0 or more
 * @param denominator 1 or more
 */
public record Factor(long numerator, long denominator) {
    /** Times one. */
    public static final Factor ONE = new Factor(1, 1);

    /** Keeps the product of a service tier, a speed, a region and an hour within a long. */
    private static final long LIMIT = 10_000;

    /** Reduces the fraction. */
    public Factor {
        if (numerator < 0 || denominator <= 0) {
            throw new IllegalArgumentException("a factor must not be negative: " + numerator + "/" + denominator);
        }
        long divisor = gcd(numerator, denominator);
        numerator /= divisor;
        denominator /= divisor;
    }

    /**
     * Reads a decimal ({@code 0.5}) or a fraction ({@code 5/3}).
     *
     * @throws IllegalArgumentException when it is neither, negative, or needs more than four digits above or below
     */
    public static Factor parse(String text) {
        Factor factor = text.length() > 20 ? null : tryParse(text.strip());
        if (factor == null || factor.numerator > LIMIT || factor.denominator > LIMIT) {
            throw new IllegalArgumentException(
                    "a factor is a decimal or a fraction of at most four digits such as 0.5, 1.1 or 5/3: " + text);
        }
        return factor;
    }

    private static @Nullable Factor tryParse(String text) {
        try {
            int slash = text.indexOf('/');
            if (slash >= 0) {
                return new Factor(Long.parseLong(text.substring(0, slash)), Long.parseLong(text.substring(slash + 1)));
            }
            BigDecimal decimal = new BigDecimal(text);
            return decimal.scale() > 9 || decimal.scale() < -9
                    ? null
                    : new Factor(decimal.movePointRight(9).longValueExact(), 1_000_000_000);
        } catch (ArithmeticException | IllegalArgumentException invalid) {
            return null;
        }
    }

    /** Both, one after the other. */
    public Factor times(Factor other) {
        if (other.numerator == other.denominator) {
            return this;
        }
        return new Factor(numerator * other.numerator, denominator * other.denominator);
    }

    private static long gcd(long a, long b) {
        while (b != 0) {
            long rest = a % b;
            a = b;
            b = rest;
        }
        return a;
    }

    @Override
    public String toString() {
        return denominator == 1 ? Long.toString(numerator) : numerator + "/" + denominator;
    }
}
