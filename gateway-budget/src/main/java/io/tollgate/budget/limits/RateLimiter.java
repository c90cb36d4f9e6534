package io.tollgate.budget.limits;

import io.tollgate.budget.ledger.Attribution;
import io.tollgate.core.time.Ticker;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * All rate limits. A call takes from every rule that applies or from none: the accounts' own locks are taken in one order
 * for the few nanoseconds this needs, and calls of different accounts share no lock. Any thread; never blocks.
 */
public final class RateLimiter {
    /** Accounts of one rule, about 300 bytes each where tags are short. */
    public static final int MAX_ACCOUNTS = 20_000;

    private static final int FEW = 4;

    private final int maxAccounts;
    private final Ticker ticker;
    private final LongAdder overflowed = new LongAdder();
    private final Map<LimitKind, LongAdder> refused = new EnumMap<>(LimitKind.class);
    private volatile RateLimit[] limits = {};
    private volatile boolean limitsTokens;

    /** Without rules yet. */
    public RateLimiter(int maxAccounts, Ticker ticker) {
        this.maxAccounts = maxAccounts;
        this.ticker = ticker;
        for (LimitKind kind : LimitKind.values()) {
            refused.put(kind, new LongAdder());
        }
    }

    /** Limits by these from now on. A rule that counts the same calls as before keeps its accounts. */
    public synchronized void rules(List<RateLimitRule> rules) {
        List<RateLimit> next = new ArrayList<>();
        for (RateLimitRule rule : rules) {
            RateLimit known = find(rule);
            if (known == null) {
                next.add(new RateLimit(rule, maxAccounts, overflowed, ticker.nanos()));
            } else {
                known.replace(rule);
                next.add(known);
            }
        }
        limitsTokens = rules.stream().anyMatch(rule -> rule.tokens() != null);
        limits = next.toArray(RateLimit[]::new);
    }

    private @Nullable RateLimit find(RateLimitRule rule) {
        for (RateLimit limit : limits) {
            if (limit.rule().name().equals(rule.name()) && limit.rule().counts().equals(rule.counts())) {
                return limit;
            }
        }
        return null;
    }

    /** Whether there are any rules. */
    public boolean hasRules() {
        return limits.length > 0;
    }

    /** Whether any rule limits tokens. */
    public boolean limitsTokens() {
        return limitsTokens;
    }

    /** Whether any rule looks at this dimension. */
    public boolean looksAt(String dimension) {
        for (RateLimit limit : limits) {
            if (limit.rule().looksAt(dimension)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Takes one call and the tokens it will probably use from all rules that apply, or from none. Of a rule that allows
     * fewer tokens than that, all are taken.
     *
     * @param input tokens of the prompt; a call whose prompt is larger than a limit can never pass it
     * @param output tokens expected of the answer; both are 0 for a call without tokens
     */
    public RateDecision take(Attribution call, long input, long output) {
        RateDecision decision = decide(call, List.of(), input, output, true);
        if (decision instanceof RateShortage shortage) {
            refusals(shortage.kind()).increment();
        }
        return decision;
    }

    /**
     * The same for a call that goes elsewhere than these permits say, from what it has not been taken from yet.
     *
     * @return null where something has run out there
     */
    @Nullable
    RatePermit takeElsewhere(Attribution call, List<RatePermit> before, long input, long output) {
        return decide(call, before, input, output, true) instanceof RatePermit permit ? permit : null;
    }

    /** Whether {@link #takeElsewhere} would let it through at this moment. */
    boolean admitsElsewhere(Attribution call, List<RatePermit> before, long input, long output) {
        return decide(call, before, input, output, false) instanceof RatePermit;
    }

    /** Those a call counts in at this moment. */
    List<RateAccount> accountsOf(Attribution call) {
        List<RateAccount> accounts = new ArrayList<>(2);
        for (RateLimit limit : limits) {
            if (limit.rule().applies(call)) {
                accounts.add(limit.accountOf(call, ticker.nanos()));
            }
        }
        return accounts;
    }

    private RateDecision decide(Attribution call, List<RatePermit> before, long input, long output, boolean taking) {
        while (true) {
            RateDecision decision = tryTake(call, before, input, output, taking);
            if (decision != null) {
                return decision;
            }
        }
    }

    private @Nullable RateDecision tryTake(
            Attribution call, List<RatePermit> before, long input, long output, boolean taking) {
        long now = ticker.nanos();
        RateLimit[] current = limits;
        RateAccount[] accounts = new RateAccount[Math.min(current.length, FEW)];
        RateLimitRule[] rules = new RateLimitRule[accounts.length];
        int count = 0;
        for (RateLimit limit : current) {
            RateLimitRule rule = limit.rule();
            RateAccount account = rule.applies(call) ? limit.accountOf(call, now) : null;
            if (account != null && !isIn(account, before)) {
                if (count == accounts.length) {
                    accounts = Arrays.copyOf(accounts, current.length);
                    rules = Arrays.copyOf(rules, current.length);
                }
                insert(accounts, rules, count++, account, rule);
            }
        }
        Look look = new Look(input, output, now);
        long[] taken = new long[count];
        for (int i = 0; i < count; i++) {
            accounts[i].lock();
        }
        boolean retired = false;
        try {
            for (int i = 0; i < count; i++) {
                retired |= accounts[i].isRetired();
                accounts[i].refresh(rules[i], now);
                look.look(accounts[i]);
            }
            if (taking && !retired && look.fits()) {
                for (int i = 0; i < count; i++) {
                    taken[i] = accounts[i].take(input + output);
                }
            }
            for (int i = 0; i < count; i++) {
                look.tell(accounts[i]);
            }
        } finally {
            for (int i = count - 1; i >= 0; i--) {
                accounts[i].unlock();
            }
        }
        if (retired) {
            return null;
        }
        if (look.fits()) {
            return look.permit(Arrays.copyOf(accounts, count), taken, ticker);
        }
        return look.shortage();
    }

    private static boolean isIn(RateAccount account, List<RatePermit> permits) {
        for (RatePermit permit : permits) {
            if (permit.holds(account)) {
                return true;
            }
        }
        return false;
    }

    /** Keeps the accounts in the order in which they are locked. */
    private static void insert(
            RateAccount[] accounts, RateLimitRule[] rules, int count, RateAccount account, RateLimitRule rule) {
        int at = count;
        while (at > 0 && accounts[at - 1].order > account.order) {
            accounts[at] = accounts[at - 1];
            rules[at] = rules[at - 1];
            at--;
        }
        accounts[at] = account;
        rules[at] = rule;
    }

    /** Accounts held. */
    public long accounts() {
        long all = 0;
        for (RateLimit limit : limits) {
            all += limit.accounts();
        }
        return all;
    }

    /** Calls refused so far because this ran out. */
    public long refused(LimitKind kind) {
        return refusals(kind).sum();
    }

    private LongAdder refusals(LimitKind kind) {
        return Objects.requireNonNull(refused.get(kind));
    }

    /** Calls counted in a rule's shared account because there was no room for one of their own. */
    public long overflowed() {
        return overflowed.sum();
    }
}
