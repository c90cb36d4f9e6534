package io.tollgate.core.dialect.openai.usage;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** What a provider itself says a call cost. */
final class StatedCost {
    private static final int NANO_DIGITS = 9;
    private static final int LONGEST_NUMBER = 40;
    /** A billion USD: what is more is nonsense. */
    private static final int MOST_DIGITS = 9;
    /** Smaller than any part of a nano-dollar that could matter. */
    private static final int LEAST_DIGITS = -20;

    private @Nullable BigDecimal cost;
    private @Nullable BigDecimal upstream;
    private boolean ownKey;

    /** The cost, in 10 to the minus {@code shift} USD. */
    void cost(String digits, int shift) {
        cost = usd(digits, shift);
    }

    /** What the upstream charged, in USD. */
    void upstream(String digits) {
        upstream = usd(digits, 0);
    }

    /** Whether the caller's own key was used at the upstream: then what that charged comes on top. */
    void ownKey(boolean own) {
        ownKey = own;
    }

    /** Null when it cannot be: negative, or beyond all measure. An exponent never makes a number of that many digits. */
    private static @Nullable BigDecimal usd(String digits, int shift) {
        if (digits.length() > LONGEST_NUMBER || digits.startsWith("-")) {
            return null;
        }
        BigDecimal number;
        try {
            number = new BigDecimal(digits);
        } catch (NumberFormatException e) {
            return null; // an exponent beyond an int
        }
        long integerDigits = (long) number.precision() - number.scale() - shift;
        if (number.signum() == 0 || integerDigits < LEAST_DIGITS) {
            return BigDecimal.ZERO;
        }
        return integerDigits > MOST_DIGITS ? null : number.movePointLeft(shift);
    }

    /** In nano-dollars, half up; -1 when no cost was told. */
    long nanos() {
        if (cost == null) {
            return -1;
        }
        BigDecimal usd = ownKey && upstream != null ? cost.add(upstream) : cost;
        return usd.movePointRight(NANO_DIGITS).setScale(0, RoundingMode.HALF_UP).longValueExact();
    }
}
