package io.tollgate.budget.report.format;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers as people and programs read them; money stays exact. */
final class Numbers {
    private static final int LEAST_DECIMALS = 2;

    private Numbers() {}

    /** 1234567 as 1,234,567. */
    static String grouped(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** Nano-dollars as dollars, with all the decimals they have and at least two: 4000000 as 0.004. */
    static String usd(long nanos) {
        return BigDecimal.valueOf(nanos, 9).setScale(decimals(nanos)).toPlainString();
    }

    /** The same with this many decimals, to line up in a column; none may be cut off. */
    static String usd(long nanos, int decimals) {
        return String.format(Locale.ROOT, "%,." + decimals + "f", BigDecimal.valueOf(nanos, 9));
    }

    /** Cents as dollars: 1234 as 12.34. */
    static String cents(long cents) {
        return BigDecimal.valueOf(cents, 2).toPlainString();
    }

    /** How far a cost is from the one before, in percent; {@code new} where there was none. */
    static String change(long now, long before) {
        return before == 0 ? (now == 0 ? "" : "new") : (now > before ? "+" : "") + percent(now - before, before);
    }

    /** Decimals this amount needs, from 2 to 9. */
    static int decimals(long nanos) {
        return Math.max(
                LEAST_DECIMALS,
                BigDecimal.valueOf(nanos, 9).stripTrailingZeros().scale());
    }

    /** Microseconds as milliseconds with one decimal; empty for -1. */
    static String millis(long micros) {
        return micros < 0
                ? ""
                : BigDecimal.valueOf(micros, 3)
                        .setScale(1, RoundingMode.HALF_UP)
                        .toPlainString();
    }

    /** {@code part} of {@code whole} in percent with one decimal. */
    static String percent(long part, long whole) {
        return BigDecimal.valueOf(part)
                        .multiply(BigDecimal.valueOf(100))
                        .divide(BigDecimal.valueOf(whole), 1, RoundingMode.HALF_UP)
                        .toPlainString()
                + " %";
    }
}
