package io.tollgate.budget.limits;

import io.tollgate.core.time.Ticker;
import org.jspecify.annotations.Nullable;

/** One look at all accounts of a call, under their locks: what is missing and for how long. Allocates nothing there. */
final class Look {
    /** What is told to wait where nobody knows when a call under way will end. */
    private static final long SOME_CALL_ENDS = 1_000_000_000L;

    private static final long NEVER = Long.MAX_VALUE;

    private final long input;
    private final long tokens;
    private final long now;
    private final Tightest requestsLeft = new Tightest();
    private final Tightest tokensLeft = new Tightest();
    private @Nullable RateAccount shortOf;
    private LimitKind kind = LimitKind.REQUESTS;
    private long wait;
    private long used;
    private @Nullable Rate rate;
    private int slots;

    Look(long input, long output, long now) {
        this.input = input;
        this.tokens = input + output;
        this.now = now;
    }

    void look(RateAccount account) {
        TokenBucket calls = account.requests();
        if (calls != null) {
            missing(account, LimitKind.REQUESTS, calls.waitFor(1, now), calls);
        }
        TokenBucket text = account.tokens();
        if (text != null && tokens > 0) {
            long most = text.rate().amount();
            long needed = input > most ? NEVER : text.waitFor(Math.min(tokens, most), now);
            missing(account, LimitKind.TOKENS, needed, text);
        }
        if (!account.hasSlot()) {
            missing(account, LimitKind.CONCURRENT, SOME_CALL_ENDS, null);
        }
    }

    private void missing(RateAccount account, LimitKind what, long needed, @Nullable TokenBucket bucket) {
        if (needed > wait) {
            wait = needed;
            shortOf = account;
            kind = what;
            rate = bucket == null ? null : bucket.rate();
            used = bucket == null ? account.underWay() : bucket.used();
            slots = account.rule().concurrent();
        }
    }

    boolean fits() {
        return shortOf == null;
    }

    /** Notes what an account leaves, after it was taken from. */
    void tell(RateAccount account) {
        requestsLeft.consider(account.requests());
        tokensLeft.consider(account.tokens());
    }

    RatePermit permit(RateAccount[] accounts, long[] tokensTaken, Ticker ticker) {
        return new RatePermit(accounts, tokensTaken, ticker, requestsLeft.quota(), tokensLeft.quota());
    }

    RateShortage shortage() {
        RateAccount account = shortOf;
        if (account == null) {
            throw new IllegalStateException("nothing is missing");
        }
        return new RateShortage(
                account.rule().name(),
                account.each(),
                kind,
                rate == null ? Integer.toString(slots) : rate.toString(),
                used,
                kind == LimitKind.TOKENS ? tokens : 1,
                wait == NEVER ? -1 : wait,
                requestsLeft.quota(),
                tokensLeft.quota());
    }
}
