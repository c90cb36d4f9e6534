package io.tollgate.budget.limits;

import io.tollgate.core.time.Ticker;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** A call the rate limits let through. Whoever has it settles it when the call is over, however it ended. Any thread. */
public final class RatePermit implements RateDecision {
    private final RateAccount[] accounts;
    private final long[] tokensTaken;
    private final Ticker ticker;
    private final @Nullable Quota requests;
    private final @Nullable Quota tokens;
    private final AtomicBoolean settled = new AtomicBoolean();

    RatePermit(
            RateAccount[] accounts,
            long[] tokensTaken,
            Ticker ticker,
            @Nullable Quota requests,
            @Nullable Quota tokens) {
        this.accounts = accounts;
        this.tokensTaken = tokensTaken;
        this.ticker = ticker;
        this.requests = requests;
        this.tokens = tokens;
    }

    /** Whether the call has been taken from this account. */
    boolean holds(RateAccount account) {
        for (RateAccount each : accounts) {
            if (each == account) {
                return true;
            }
        }
        return false;
    }

    /** Whether any rule counts the call. */
    public boolean isCounted() {
        return accounts.length > 0;
    }

    @Override
    public @Nullable Quota requests() {
        return requests;
    }

    @Override
    public @Nullable Quota tokens() {
        return tokens;
    }

    /** The call is over: its slots are free, and its tokens are what it really used. Only the first call counts. */
    public void settle(long actualTokens) {
        settle(account -> actualTokens);
    }

    /** The same, where each account counts a part of what was used. */
    void settle(ToLongFunction<RateAccount> actualTokens) {
        if (!settled.compareAndSet(false, true)) {
            return;
        }
        long now = ticker.nanos();
        for (int i = 0; i < accounts.length; i++) {
            RateAccount account = accounts[i];
            long actual = actualTokens.applyAsLong(account);
            account.lock();
            try {
                account.settle(tokensTaken[i], actual, now);
            } finally {
                account.unlock();
            }
        }
    }
}
