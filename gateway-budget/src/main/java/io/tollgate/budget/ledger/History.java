package io.tollgate.budget.ledger;

import java.util.List;

/** What is known of a budget from before the gateway started, or before the budget was configured. */
@FunctionalInterface
public interface History {
    /** Nothing is. */
    History NONE = (rule, into) -> {};

    /** Tells all it knows of this budget. May block. */
    void recall(BudgetRule rule, Recalled into);

    /** Takes what is known; what belongs to another period than the current one is passed over. */
    interface Recalled {
        /** So much was spent on an account in the period that begins at {@code periodFrom}. */
        void spent(List<String> account, long periodFrom, long nanos, long tokens);

        /** A rung was reached, and told of. */
        void reached(List<String> account, long periodFrom, String rungId, long atMillis);
    }
}
