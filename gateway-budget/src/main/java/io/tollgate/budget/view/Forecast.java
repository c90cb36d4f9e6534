package io.tollgate.budget.view;

import io.tollgate.budget.ledger.AccountView;
import io.tollgate.budget.ledger.Balance;
import io.tollgate.budget.ledger.Period;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * Where a budget is heading if the rest of its period goes on as the period so far: the pace is what was spent divided by
 * the time that has passed.
 *
 * @param asOf epoch milliseconds
 * @param nanosPerDay pace in nano-dollars
 * @param tokensPerDay pace in tokens
 * @param nanosAtEnd spent by the period's end at this pace, nano-dollars
 * @param tokensAtEnd the same in tokens
 * @param runsOutAt when the first of the limits is reached, epoch milliseconds; -1 when that is not before the period's end
 */
public record Forecast(
        long asOf, long nanosPerDay, long tokensPerDay, long nanosAtEnd, long tokensAtEnd, long runsOutAt) {
    private static final long DAY_MILLIS = 86_400_000;

    /** Of an account, or null where its period never ends or has not begun. */
    public static @Nullable Forecast of(AccountView account, long nowMillis) {
        Period.Span span = account.span();
        if (!span.ends() || nowMillis <= span.from() || nowMillis >= span.to()) {
            return null;
        }
        Balance balance = account.balance();
        long passed = nowMillis - span.from();
        long nanosOut = out(balance.spentNanos(), balance.marks().limitNanos(), span, nowMillis);
        long tokensOut = out(balance.spentTokens(), balance.marks().limitTokens(), span, nowMillis);
        long first = nanosOut < 0 ? tokensOut : tokensOut < 0 ? nanosOut : Math.min(nanosOut, tokensOut);
        long whole = span.to() - span.from();
        return new Forecast(
                nowMillis,
                scaled(balance.spentNanos(), DAY_MILLIS, passed),
                scaled(balance.spentTokens(), DAY_MILLIS, passed),
                scaled(balance.spentNanos(), whole, passed),
                scaled(balance.spentTokens(), whole, passed),
                first);
    }

    private static long out(long spent, long limit, Period.Span span, long now) {
        if (limit < 0) {
            return -1;
        }
        if (spent >= limit) {
            return now;
        }
        if (spent <= 0) {
            return -1;
        }
        long needed = scaled(now - span.from(), limit, spent);
        return needed < span.to() - span.from() ? span.from() + needed : -1;
    }

    /** {@code value * by / of} without overflow on the way; what does not fit is the largest there is. */
    private static long scaled(long value, long by, long of) {
        BigInteger exact =
                BigInteger.valueOf(value).multiply(BigInteger.valueOf(by)).divide(BigInteger.valueOf(of));
        return exact.bitLength() < Long.SIZE ? exact.longValue() : Long.MAX_VALUE;
    }
}
