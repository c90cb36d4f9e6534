package io.tollgate.budget.limits;

import io.tollgate.budget.ledger.BriefLock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The buckets of one rule for one value of its {@code each}. All but the final fields are guarded by its lock. */
final class RateAccount extends BriefLock {
    private static final AtomicLong SEQUENCE = new AtomicLong();

    /** The order in which locks of several accounts are taken. */
    final long order = SEQUENCE.getAndIncrement();

    final List<String> values;
    private RateLimitRule rule;
    private @Nullable TokenBucket requests;
    private @Nullable TokenBucket tokens;
    private int underWay;
    private boolean retired;

    RateAccount(RateLimitRule rule, List<String> values, long now) {
        this.rule = rule;
        this.values = values;
        this.requests = bucket(rule.requests(), now);
        this.tokens = bucket(rule.tokens(), now);
    }

    private static @Nullable TokenBucket bucket(@Nullable Rate rate, long now) {
        return rate == null ? null : new TokenBucket(rate, now);
    }

    /** Brings the account to this moment and to the rule as it is now. */
    void refresh(RateLimitRule current, long now) {
        TokenBucket calls = requests;
        TokenBucket text = tokens;
        if (calls != null) {
            calls.refill(now);
        }
        if (text != null) {
            text.refill(now);
        }
        if (!Objects.equals(rule, current)) {
            requests = continued(calls, current.requests(), now);
            tokens = continued(text, current.tokens(), now);
            rule = current;
        }
    }

    private static @Nullable TokenBucket continued(@Nullable TokenBucket bucket, @Nullable Rate rate, long now) {
        if (bucket == null || rate == null) {
            return bucket(rate, now);
        }
        bucket.rate(rate);
        return bucket;
    }

    RateLimitRule rule() {
        return rule;
    }

    @Nullable
    TokenBucket requests() {
        return requests;
    }

    @Nullable
    TokenBucket tokens() {
        return tokens;
    }

    int underWay() {
        return underWay;
    }

    boolean hasSlot() {
        return rule.concurrent() < 1 || underWay < rule.concurrent();
    }

    /** One call and so many tokens or as many as there ever are, without looking whether they are there; the tokens taken. */
    long take(long wantedTokens) {
        underWay++;
        if (requests != null) {
            requests.take(1);
        }
        TokenBucket text = tokens;
        if (text == null) {
            return 0;
        }
        long taken = Math.min(wantedTokens, text.rate().amount());
        text.take(taken);
        return taken;
    }

    /** A call is over that took {@code taken} tokens and used {@code actual}. */
    void settle(long taken, long actual, long now) {
        underWay--;
        TokenBucket text = tokens;
        if (text != null) {
            text.refill(now);
            if (actual > taken) {
                text.take(actual - taken);
            } else {
                text.giveBack(taken - actual);
            }
        }
    }

    /** Retires it if a new one in its place would be no different: nobody is under way and every bucket is full. */
    boolean retire(long now) {
        lock();
        try {
            refresh(rule, now);
            retired = underWay == 0 && (requests == null || requests.isFull()) && (tokens == null || tokens.isFull());
            return retired;
        } finally {
            unlock();
        }
    }

    /** Whether it was taken out of its rule and a new one must be looked up. */
    boolean isRetired() {
        return retired;
    }

    Map<String, String> each() {
        Map<String, String> each = new LinkedHashMap<>();
        for (int i = 0; i < values.size(); i++) {
            each.put(rule.each().get(i), values.get(i));
        }
        return each;
    }
}
