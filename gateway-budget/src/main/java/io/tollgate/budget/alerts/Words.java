package io.tollgate.budget.alerts;

import io.tollgate.core.usage.Dollars;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** Figures and names as alerts put them. */
public final class Words {
    private static final int MOST_CHARS = 100;
    private static final long DOLLAR_NANOS = 1_000_000_000;

    private Words() {}

    /** Nano-dollars as {@code $1,234.50}: to the cent, rounded down; below a dollar with up to six decimals. */
    public static String usd(long nanos) {
        BigDecimal dollars = BigDecimal.valueOf(nanos, 9);
        int needed = Math.max(2, dollars.stripTrailingZeros().scale());
        int decimals = Math.abs(nanos) >= DOLLAR_NANOS ? 2 : Math.min(needed, 6);
        return String.format(Locale.ROOT, "$%,." + decimals + "f", dollars.setScale(decimals, RoundingMode.DOWN));
    }

    /** Nano-dollars as a JSON number. */
    public static BigDecimal dollars(long nanos) {
        return new BigDecimal(Dollars.format(nanos));
    }

    /** The same number without trailing zeros, and without an exponent wherever it is written. */
    public static BigDecimal plain(BigDecimal number) {
        return new BigDecimal(number.stripTrailingZeros().toPlainString());
    }

    /** 1234567 as 1,234,567. */
    public static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** A share as {@code 12.5 %}. */
    public static String percent(BigDecimal share) {
        BigDecimal percent = share.movePointRight(2).setScale(1, RoundingMode.HALF_UP);
        return percent.stripTrailingZeros().toPlainString() + " %";
    }

    /** A value that callers chose, as one short line that prints nothing but itself. */
    public static String name(String value) {
        StringBuilder line = new StringBuilder();
        value.codePoints().limit(MOST_CHARS).forEach(c -> line.appendCodePoint(isPlain(c) ? c : '?'));
        return line.isEmpty() ? "(none)" : line.toString();
    }

    private static boolean isPlain(int c) {
        int type = Character.getType(c);
        return type != Character.CONTROL
                && type != Character.FORMAT
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR
                && type != Character.SURROGATE;
    }
}
