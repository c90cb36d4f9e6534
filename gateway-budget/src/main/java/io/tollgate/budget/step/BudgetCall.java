package io.tollgate.budget.step;

import io.tollgate.budget.ladder.Action;
import io.tollgate.budget.ladder.Actions;
import io.tollgate.budget.ledger.Attribution;
import io.tollgate.budget.ledger.Reservation;
import io.tollgate.core.exchange.BudgetDirectives;
import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.provider.Target;

/**
 * A call that budgets apply to, from its reservation on. Confined to the exchange's loop.
 *
 * @param attribution by which it was reserved
 * @param estimate by which it was reserved
 * @param mostOutputTokens of one answer that what was left could pay
 * @param rules the version of the budgets it was reserved by
 * @param purse says what can be paid elsewhere
 */
record BudgetCall(
        Reservation reservation,
        Attribution attribution,
        CallEstimate estimate,
        long mostOutputTokens,
        int rules,
        Purse purse)
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

    @Override
    public boolean pays(Exchange exchange, Target target) {
        return purse.pays(exchange, this, target);
    }

    @Override
    public boolean goesTo(Exchange exchange, Target target) {
        return purse.goesTo(exchange, this, target);
    }

    private boolean wants(Action action) {
        return Actions.contains(reservation.actions(), action);
    }
}
