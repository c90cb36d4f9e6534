package io.tollgate.budget.ledger;

import java.util.List;
import java.util.Map;

/**
 * One account as the admin API shows it.
 *
 * @param each the value of each dimension under the rule's {@code each}
 * @param raises those in force for it
 */
public record AccountView(
        BudgetRule rule, Map<String, String> each, Period.Span span, Balance balance, List<Raise> raises) {
    /** Of an account in this period; takes its lock. */
    static AccountView of(Window window, long now) {
        window.lock();
        try {
            window.refresh(now);
            return new AccountView(
                    window.account.budget.rule(),
                    window.account.each(),
                    window.span,
                    window.balance(),
                    window.account.budget.raisesOf(window.account.values, now));
        } finally {
            window.unlock();
        }
    }

    /** Of all these accounts, in the periods under way. */
    static List<AccountView> of(List<Account> accounts, long now) {
        return accounts.stream().map(account -> of(account.window(now), now)).toList();
    }
}
