package io.tollgate.budget.limits;

import io.tollgate.budget.ledger.Attribution;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * One rule and its accounts. Callers choose the values of tags, so the number of accounts is bounded: every new one looks
 * at a few of the others and drops those that are full and unused, which gives nobody a burst, for a new one is just as
 * full. Where that makes no room, further values share one account, {@link #OTHERS}, whose limit is the same.
 */
final class RateLimit {
    /** Stands for the values of all accounts there was no room for. */
    static final String OTHERS = "(others)";

    private static final int LOOKED_AT = 4;

    private final int maxAccounts;
    private final LongAdder overflowed;
    private final Map<List<String>, RateAccount> accounts = new ConcurrentHashMap<>();
    private final RateAccount only;
    private volatile RateLimitRule rule;
    private Iterator<RateAccount> hand = accounts.values().iterator();

    RateLimit(RateLimitRule rule, int maxAccounts, LongAdder overflowed, long now) {
        this.rule = rule;
        this.maxAccounts = maxAccounts;
        this.overflowed = overflowed;
        this.only = new RateAccount(rule, shared(rule), now);
    }

    /** The values of the account that all calls share where nothing tells them apart, or where there was no room. */
    private static List<String> shared(RateLimitRule rule) {
        String[] values = new String[rule.each().size()];
        Arrays.fill(values, OTHERS);
        return List.of(values);
    }

    RateLimitRule rule() {
        return rule;
    }

    /** Takes other limits; what the rule counts must be the same. */
    void replace(RateLimitRule next) {
        rule = next;
    }

    int accounts() {
        return 1 + accounts.size();
    }

    RateAccount accountOf(Attribution call, long now) {
        List<String> values = call.values(rule.each());
        if (values.isEmpty()) {
            return only;
        }
        RateAccount account = accounts.get(values);
        return account == null ? make(values, now) : account;
    }

    private synchronized RateAccount make(List<String> values, long now) {
        RateAccount account = accounts.get(values);
        if (account != null) {
            return account;
        }
        sweep(now);
        if (accounts.size() >= maxAccounts || values.equals(only.values)) {
            overflowed.increment();
            return only;
        }
        account = new RateAccount(rule, values, now);
        accounts.put(values, account);
        return account;
    }

    /** Goes on where the last sweep stopped, so that no call pays for looking at all accounts. */
    private void sweep(long now) {
        for (int i = 0; i < LOOKED_AT; i++) {
            RateAccount next = next();
            if (next != null && next.retire(now)) {
                hand.remove();
            }
        }
    }

    private @Nullable RateAccount next() {
        if (!hand.hasNext()) {
            hand = accounts.values().iterator();
        }
        return hand.hasNext() ? hand.next() : null;
    }
}
