package io.tollgate.budget.ledger;

import io.tollgate.budget.ladder.Marks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * One budget and its accounts. The number of accounts is bounded, for callers choose the values of tags: where there
 * is no room, accounts that would start at zero anyway make some, and when there is still none, calls with further
 * values share one account, {@link #OTHERS}, whose limit is the same. An account with something spent in its period is
 * never dropped: that would give its money out twice.
 */
final class Budget {
    /** Stands for the values of all accounts there was no room for. */
    static final String OTHERS = "(others)";

    private static final long SWEEP_EVERY_MILLIS = 1000;

    private final int maxAccounts;
    private final Map<List<String>, Account> accounts = new ConcurrentHashMap<>();
    private final LongAdder overflowed;
    private final @Nullable Account only;
    private volatile @Nullable Account others;
    private volatile long nextSweep = Long.MIN_VALUE;
    private final AtomicLong latest;
    private volatile BudgetRule rule;
    private volatile Marks marks;
    private volatile Raise[] raises = {};
    private volatile int version;

    Budget(BudgetRule rule, int maxAccounts, LongAdder overflowed, long now) {
        this.rule = rule;
        this.marks = rule.ladder().marks(rule.limitNanos(), rule.limitTokens());
        this.maxAccounts = maxAccounts;
        this.overflowed = overflowed;
        this.latest = new AtomicLong(now);
        this.only = rule.each().isEmpty() ? new Account(this, List.of(), now) : null;
    }

    BudgetRule rule() {
        return rule;
    }

    /** Notes a time; the latest there was. No account begins in a period before it. */
    long reached(long now) {
        return latest.accumulateAndGet(now, Math::max);
    }

    /** Grows with every change of the rule or its raises. */
    int version() {
        return version;
    }

    Period.Span spanAt(long now) {
        return rule.period().spanAt(now, rule.zone());
    }

    /** Takes another limit and ladder; what the budget counts must be the same. */
    synchronized void replace(BudgetRule next) {
        if (!next.counts().equals(rule.counts())) {
            throw new IllegalArgumentException("budget " + next.name() + " counts other calls than before");
        }
        rule = next;
        marks = next.ladder().marks(next.limitNanos(), next.limitTokens());
        version++;
    }

    synchronized void raises(List<Raise> all) {
        raises =
                all.stream().filter(raise -> raise.budget().equals(rule.name())).toArray(Raise[]::new);
        version++;
    }

    /** The limit in force. */
    Limits limits(List<String> values, long now) {
        int made = version; // read first: a change behind it is seen as one
        Raise[] all = raises;
        long nanos = 0;
        long tokens = 0;
        long until = Long.MAX_VALUE;
        for (Raise raise : all) {
            if (raise.holds(values, now)) {
                nanos = saturated(nanos, raise.nanos());
                tokens = saturated(tokens, raise.tokens());
                until = Math.min(until, raise.until());
            }
        }
        if (until == Long.MAX_VALUE) {
            return new Limits(marks, until, made);
        }
        BudgetRule current = rule;
        Marks raised =
                current.ladder().marks(raised(current.limitNanos(), nanos), raised(current.limitTokens(), tokens));
        return new Limits(raised, until, made);
    }

    /** The raises in force for an account. */
    List<Raise> raisesOf(List<String> values, long now) {
        Raise[] all = raises;
        return all.length == 0
                ? List.of()
                : Arrays.stream(all).filter(raise -> raise.holds(values, now)).toList();
    }

    private static long raised(long limit, long by) {
        return limit < 0 ? -1 : saturated(limit, by);
    }

    private static long saturated(long a, long b) {
        return a > Long.MAX_VALUE / 4 - b ? Long.MAX_VALUE / 4 : a + b;
    }

    /** The account that a call this budget applies to is counted in. */
    Account accountOf(Attribution call, long now) {
        Account single = only;
        return single != null ? single : account(rule.accountOf(call), now);
    }

    /** The account of these values, made where there is none. */
    Account account(List<String> values, long now) {
        Account single = only;
        if (single != null) {
            return single;
        }
        Account account = accounts.get(values);
        if (account != null) {
            return account;
        }
        Account shared = others;
        if (shared != null && values.equals(shared.values)) {
            return shared;
        }
        if (shared != null && accounts.size() >= maxAccounts && now < nextSweep) {
            overflowed.increment();
            return shared;
        }
        return make(values, now);
    }

    private synchronized Account make(List<String> values, long clockNow) {
        // An account that was dropped when its period was over must not come back in that period.
        long now = reached(clockNow);
        Account account = accounts.get(values);
        if (account != null) {
            return account;
        }
        if (values.getFirst().equals(OTHERS)) {
            return others(now);
        }
        if (accounts.size() >= maxAccounts && now >= nextSweep) {
            sweep(now);
            nextSweep = now + SWEEP_EVERY_MILLIS;
        }
        if (accounts.size() >= maxAccounts) {
            overflowed.increment();
            return others(now);
        }
        account = new Account(this, values, now);
        accounts.put(values, account);
        return account;
    }

    private Account others(long now) {
        Account shared = others;
        if (shared == null) {
            String[] values = new String[rule.each().size()];
            Arrays.fill(values, OTHERS);
            shared = new Account(this, List.of(values), now);
            others = shared;
        }
        return shared;
    }

    private void sweep(long now) {
        accounts.values().removeIf(account -> account.retire(now));
    }

    /** All accounts there are, in no particular order. */
    List<Account> accounts() {
        Account single = only;
        if (single != null) {
            return List.of(single);
        }
        List<Account> all = new ArrayList<>(accounts.values());
        Account shared = others;
        if (shared != null) {
            all.add(shared);
        }
        return all;
    }
}
