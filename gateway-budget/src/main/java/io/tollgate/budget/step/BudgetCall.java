package io.tollgate.budget.step;

import io.tollgate.budget.ladder.Action;
import io.tollgate.budget.ladder.Actions;
import io.tollgate.budget.ledger.Attribution;
import io.tollgate.budget.ledger.Reservation;
import io.tollgate.core.exchange.BudgetDirectives;

/**
 * A call that budgets apply to, from its reservation on. Confined to the exchange's loop.
 *
 * @param attribution by which it was reserved
 * @param estimate by which it was reserved
 * @param mostOutputTokens of one answer that what was left could pay
 * @param rules the version of the budgets it was reserved by
 */
record BudgetCall(
        Reservation reservation, Attribution attribution, CallEstimate estimate, long mostOutputTokens, int rules)
        implements BudgetDirectives {
    @Override
    public boolean downgrade() {
        return wants(Action.DOWNGRADE);
    }

    @Override
    public boolean shrinkOutput() {
        return wants(Action.SHRINK_OUTPUT);
    }

    @Override
    public boolean cacheOnly() {
        return wants(Action.CACHE_ONLY);
    }

    private boolean wants(Action action) {
        return Actions.contains(reservation.actions(), action);
    }
}
