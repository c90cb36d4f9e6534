package io.tollgate.server.simulate;

import io.tollgate.budget.ladder.Action;
import io.tollgate.budget.ladder.Rung;
import io.tollgate.budget.ledger.Attribution;
import io.tollgate.budget.ledger.BudgetRule;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Budgets as they would have filled, call by call. Calls come in the order they ended, and each counts when it is over:
 * what was held while calls were under way is not known. One thread; memory grows with the accounts.
 */
final class BudgetReplay {
    private record Account(String budget, List<String> each, long from) {}

    private static final class Spent {
        private long nanos;
        private long tokens;
    }

    private final List<BudgetRule> rules;
    private final Map<Account, Spent> accounts = new HashMap<>();

    BudgetReplay(List<BudgetRule> rules) {
        this.rules = rules;
    }

    /** Whether a budget would refuse the call: all of it, or unless the cache has its answer. */
    boolean refuses(Attribution call, long atMillis, boolean cached) {
        for (BudgetRule rule : rules) {
            if (rule.applies(call)) {
                Spent spent = spent(rule, call, atMillis);
                for (Rung rung : rule.ladder().rungs()) {
                    boolean refuses = rung.action() == Action.BLOCK || (rung.action() == Action.CACHE_ONLY && !cached);
                    if (refuses && reached(rule, rung.at(), spent)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    void count(Attribution call, long atMillis, long nanos, long tokens) {
        for (BudgetRule rule : rules) {
            if (rule.applies(call)) {
                Spent spent = spent(rule, call, atMillis);
                spent.nanos += nanos;
                spent.tokens += tokens;
            }
        }
    }

    private Spent spent(BudgetRule rule, Attribution call, long atMillis) {
        long from = rule.period().spanAt(atMillis, rule.zone()).from();
        return accounts.computeIfAbsent(new Account(rule.name(), rule.accountOf(call), from), any -> new Spent());
    }

    private static boolean reached(BudgetRule rule, BigDecimal share, Spent spent) {
        return isOver(spent.nanos, rule.limitNanos(), share) || isOver(spent.tokens, rule.limitTokens(), share);
    }

    private static boolean isOver(long spent, long limit, BigDecimal share) {
        return limit >= 0
                && BigDecimal.valueOf(spent).compareTo(BigDecimal.valueOf(limit).multiply(share)) >= 0;
    }
}
