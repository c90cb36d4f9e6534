package io.tollgate.core.exchange;

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
}
