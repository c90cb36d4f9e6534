package io.tollgate.core.usage;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Nano-dollars as people write them. */
public final class Dollars {
    private static final int DIGITS = 9;

    private Dollars() {}

    /** Exact decimal dollars without trailing zeros, e.g. {@code 0.004}. */
    public static String format(long nanos) {
        if (nanos == 0) {
            return "0";
        }
        return BigDecimal.valueOf(nanos, DIGITS).stripTrailingZeros().toPlainString();
    }

    /** Decimal dollars as nano-dollars, rounded half up; throws {@link ArithmeticException} beyond a long. */
    public static long nanos(BigDecimal dollars) {
        return dollars.movePointRight(DIGITS).setScale(0, RoundingMode.HALF_UP).longValueExact();
    }
}
