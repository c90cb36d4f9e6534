package io.tollgate.budget.limits;

import io.tollgate.budget.ledger.Attribution;
import io.tollgate.budget.step.CallEstimate;
import io.tollgate.core.exchange.Attempt;
import io.tollgate.core.exchange.CacheUse;
import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.exchange.TargetLimit;
import io.tollgate.core.provider.Target;
import io.tollgate.core.usage.Metered;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Has a call count in the rules of the models and providers it is led to, beside those of the model it asked for. */
final class RatesElsewhere implements TargetLimit {
    private final RateLimiter limiter;
    private final Exchange exchange;
    private final Attribution asked;
    private final CallEstimate tokens;
    private final List<RatePermit> permits = new ArrayList<>(2);
    private final List<Entered> entered = new ArrayList<>(1);

    /** A target, and all accounts that a call counts in there, also those it was taken from before. */
    private record Entered(Target target, List<RateAccount> accounts) {}

    /** {@code permit} is what the call was let in by where it was asked for. */
    RatesElsewhere(RateLimiter limiter, Exchange exchange, Attribution asked, CallEstimate tokens, RatePermit permit) {
        this.limiter = limiter;
        this.exchange = exchange;
        this.asked = asked;
        this.tokens = tokens;
        permits.add(permit);
    }

    @Override
    public boolean admits(Target target) {
        return limiter.admitsElsewhere(asked.at(target), permits, tokens.input(), tokens.output());
    }

    @Override
    public boolean enter(Target target) {
        RatePermit permit = limiter.takeElsewhere(asked.at(target), permits, tokens.input(), tokens.output());
        if (permit == null) {
            return false;
        }
        if (permit.isCounted()) {
            permits.add(permit);
        }
        if (entered.stream().noneMatch(before -> before.target().isSamePlace(target))) {
            entered.add(new Entered(target, limiter.accountsOf(asked.at(target))));
        }
        return true;
    }

    /** The call is over: all permits but the first become what was used at the targets that count in their accounts. */
    void settle() {
        for (RatePermit permit : permits.subList(1, permits.size())) {
            permit.settle(this::used);
        }
    }

    private long used(RateAccount account) {
        long used = 0;
        for (Entered there : entered) {
            if (there.accounts().contains(account)) {
                used += used(exchange, there.target());
            }
        }
        return used;
    }

    /** Tokens that the attempts there used. */
    private static long used(Exchange exchange, Target there) {
        long used = 0;
        for (Attempt attempt : exchange.attempts()) {
            if (attempt.target().isSamePlace(there)) {
                used += tokens(
                        attempt == exchange.lastAttempt()
                                        && !CacheUse.isFree(exchange.cache().orNull())
                                ? exchange.metered().orNull()
                                : attempt.metered());
            }
        }
        return used;
    }

    private static long tokens(@Nullable Metered metered) {
        return metered == null ? 0 : metered.tokens();
    }
}
