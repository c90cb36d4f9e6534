package io.tollgate.core.exchange;

import io.tollgate.core.provider.Target;

/** What the budgets that apply to a call want of the steps behind them. Confined to the exchange's loop. */
public interface BudgetDirectives {
    /** Nothing. */
    BudgetDirectives NONE = new BudgetDirectives() {
        @Override
        public boolean downgrade() {
            return false;
        }

        @Override
        public boolean shrinkOutput() {
            return false;
        }

        @Override
        public boolean cacheOnly() {
            return false;
        }

        @Override
        public long mostOutputTokens() {
            return Long.MAX_VALUE;
        }

        @Override
        public boolean pays(Exchange exchange, Target target) {
            return true;
        }

        @Override
        public boolean goesTo(Exchange exchange, Target target) {
            return true;
        }
    };

    /** The router is to choose the cheaper model. */
    boolean downgrade();

    /** The cap on output tokens is to be lowered. */
    boolean shrinkOutput();

    /** Only the cache may answer; a miss is refused before it is forwarded. */
    boolean cacheOnly();

    /**
     * Output tokens of one answer that what is left can pay, at the dearest model the call can reach: a cap above it is
     * lowered to it. {@link Long#MAX_VALUE} where no budget blocks.
     */
    long mostOutputTokens();

    /** Whether what is left can pay for the call at this target; nothing is taken. Before a route is decided. */
    boolean pays(Exchange exchange, Target target);

    /** Has the hold count where the call goes, or says no and leaves it. Before a route is decided. */
    boolean goesTo(Exchange exchange, Target target);
}
