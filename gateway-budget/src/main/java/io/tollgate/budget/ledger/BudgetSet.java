package io.tollgate.budget.ledger;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The budgets in force: which there are, which of their accounts a call counts in, and what the accounts of all of them
 * are. They are replaced as a whole; whoever looks meanwhile sees those of before. Any thread.
 */
final class BudgetSet {
    private final int maxAccounts;
    private final LongAdder overflowed = new LongAdder();
    private volatile Budget[] budgets = {};
    private volatile int version;

    /** Without budgets yet; none of them will have more accounts than this. */
    BudgetSet(int maxAccounts) {
        this.maxAccounts = maxAccounts;
    }

    /** As {@link BudgetLedger#rules(List, List, History, long)}. */
    synchronized void replace(List<BudgetRule> rules, List<Raise> raises, History history, long nowMillis) {
        List<Budget> next = new ArrayList<>();
        for (BudgetRule rule : rules) {
            Budget known = find(rule.name());
            if (known != null && known.rule().counts().equals(rule.counts())) {
                known.replace(rule);
                next.add(known);
            } else {
                Budget made = new Budget(rule, maxAccounts, overflowed, nowMillis);
                made.raises(raises);
                history.recall(rule, new Recall(made, nowMillis));
                next.add(made);
            }
        }
        budgets = next.toArray(Budget[]::new);
        version++;
    }

    /** Limits are raised by these from now on; earlier ones are forgotten. */
    void raises(List<Raise> all) {
        for (Budget budget : budgets) {
            budget.raises(all);
        }
    }

    /** Their rules as they are now. */
    List<BudgetRule> rules() {
        return Arrays.stream(budgets).map(Budget::rule).toList();
    }

    boolean isEmpty() {
        return budgets.length == 0;
    }

    /** Changes whenever other rules take hold. */
    int version() {
        return version;
    }

    /** Whether any of them looks at this dimension. */
    boolean looksAt(String dimension) {
        for (Budget budget : budgets) {
            if (budget.rule().looksAt(dimension)) {
                return true;
            }
        }
        return false;
    }

    /** The budget of this name, or null. */
    @Nullable
    Budget find(String name) {
        for (Budget budget : budgets) {
            if (budget.rule().name().equals(name)) {
                return budget;
            }
        }
        return null;
    }

    /** The periods of the accounts a call counts in, in the order in which they are locked. */
    Window[] windows(Attribution call, long now) {
        Budget[] all = budgets;
        Window[] windows = new Window[all.length];
        int count = 0;
        for (Budget budget : all) {
            if (budget.rule().applies(call)) {
                Window window = budget.accountOf(call, now).window(now);
                int at = count++;
                while (at > 0 && windows[at - 1].account.order > window.account.order) {
                    windows[at] = windows[at - 1];
                    at--;
                }
                windows[at] = window;
            }
        }
        return count == windows.length ? windows : Arrays.copyOf(windows, count);
    }

    /** Every account of every budget, budgets in their order. */
    List<Account> accounts() {
        return Arrays.stream(budgets)
                .flatMap(budget -> budget.accounts().stream())
                .toList();
    }

    /** Calls that were counted in a budget's shared account because there was no room for one of their own. */
    long overflowed() {
        return overflowed.sum();
    }

    private record Recall(Budget budget, long now) implements History.Recalled {
        @Override
        public void spent(List<String> account, long periodFrom, long nanos, long tokens) {
            if (isCurrent(periodFrom) && (nanos | tokens) != 0) {
                Window window = budget.account(account, now).window(now);
                window.lock();
                window.restore(nanos, tokens);
                window.unlock();
            }
        }

        @Override
        public void reached(List<String> account, long periodFrom, String rungId, long atMillis) {
            if (isCurrent(periodFrom)) {
                Window window = budget.account(account, now).window(now);
                window.lock();
                window.restoreReached(rungId, atMillis);
                window.unlock();
            }
        }

        private boolean isCurrent(long periodFrom) {
            return budget.spanAt(now).from() == periodFrom;
        }
    }
}
