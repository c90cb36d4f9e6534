package io.tollgate.server.gateway;

import io.tollgate.budget.step.Purse;
import io.tollgate.budget.usagelog.UsageLog;
import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.pipeline.Recovery;
import io.tollgate.core.provider.Target;
import io.tollgate.routing.cap.UncappedRetry;
import io.tollgate.routing.fallback.FallbackTerms;
import io.tollgate.routing.fallback.Fallbacks;
import io.tollgate.routing.table.Router;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What follows a call that failed, put together of what routing offers, budgets allow and the usage log has room for. */
final class Recoveries {
    private Recoveries() {}

    /** Null where nothing is ever asked twice. */
    static @Nullable Recovery of(GatewayState state, GatewayRules rules, Router router, Purse purse) {
        FallbackTerms fallbacks = rules.routing().fallbacks();
        boolean listed =
                rules.routing().rules().stream().anyMatch(rule -> rule.use().size() > 1);
        if (!listed && !fallbacks.isActive() && !rules.routing().output().asksAgain()) {
            return null;
        }
        return new Fallbacks(
                fallbacks,
                state.routing().health(),
                router,
                new UncappedRetry(rules.routing().output(), rules.prices()),
                new Paid(purse),
                () -> hasRoom(state.usageLog()));
    }

    /** What the budgets say of another attempt. */
    private record Paid(Purse purse) implements Fallbacks.Affordable {
        @Override
        public boolean at(Exchange exchange, Target from, Target to) {
            return purse.affords(exchange, from, to);
        }

        @Override
        public boolean uncapped(Exchange exchange, Target to, long output) {
            return purse.affordsUncapped(exchange, to, output);
        }

        @Override
        public @Nullable Consumer<Target> beside(Exchange exchange, Target first, Target second) {
            return purse.affordsBeside(exchange, first, second);
        }
    }

    /** An attempt's row beyond the first takes room that nobody reserved. */
    private static boolean hasRoom(UsageLog log) {
        return log.used() < log.capacity();
    }
}
