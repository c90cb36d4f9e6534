package io.tollgate.budget.step;

import io.tollgate.budget.ladder.Action;
import io.tollgate.budget.ladder.Actions;
import io.tollgate.budget.ledger.Amount;
import io.tollgate.budget.ledger.BudgetLedger;
import io.tollgate.budget.ledger.Reservation;
import io.tollgate.core.dialect.RequestFacts;
import io.tollgate.core.exchange.Attempt;
import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.exchange.OutputCap;
import io.tollgate.core.http.ResponseTap;
import io.tollgate.core.price.PriceCatalogue;
import io.tollgate.core.provider.Target;
import io.tollgate.core.usage.Metered;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What budgets can pay of a call at other targets than the one it asked for. On the exchange's loop. */
public final class Purse {
    /** Taken where nobody knows one: every model in use takes a cap as low as this. */
    private static final long UNKNOWN_CAP = 4_096;

    private final BudgetLedger ledger;
    private final CostEstimator estimator;
    private final PriceCatalogue prices;

    /** With the ledger, estimator and prices the {@link BudgetStep} has. */
    public Purse(BudgetLedger ledger, CostEstimator estimator, PriceCatalogue prices) {
        this.ledger = ledger;
        this.estimator = estimator;
        this.prices = prices;
    }

    /** Whether a budget there gives cached answers only, though none does where the call was asked for. */
    private boolean isClosed(Exchange exchange, BudgetCall call, Target to) {
        String provider = to.provider().name();
        return !provider.equals(call.attribution().provider())
                && ledger.looksAt("provider")
                && !call.cacheOnly()
                && Actions.contains(
                        ledger.actions(
                                call.attribution().at(provider),
                                exchange.receivedAt().toEpochMilli()),
                        Action.CACHE_ONLY);
    }

    /** Whether what is left where the call would count then pays for it; before it is known how long it may get. */
    boolean pays(Exchange exchange, BudgetCall call, Target to) {
        return output(exchange, call, to, bill(exchange, call, to)) >= 0;
    }

    /** Has the hold count there, or leaves it as it is. */
    boolean goesTo(Exchange exchange, BudgetCall call, Target to) {
        Bill there = bill(exchange, call, to);
        long output = output(exchange, call, to, there);
        return output >= 0 && moves(exchange, call, call.attribution().provider(), to, there.of(output));
    }

    /**
     * Has the hold be this much and count there, or leaves both as they are. It grows only where it counts then. A call
     * that comes back to {@code from} may be held elsewhere by now, so it is moved though the provider is the same.
     */
    private boolean moves(Exchange exchange, BudgetCall call, @Nullable String from, Target to, Amount wanted) {
        Reservation hold = call.reservation();
        Amount before = hold.held();
        long now = exchange.receivedAt().toEpochMilli();
        String provider = to.provider().name();
        boolean counts = ledger.looksAt("provider");
        var unusedShrinking = hold.resize(
                new Amount(Math.min(before.nanos(), wanted.nanos()), Math.min(before.tokens(), wanted.tokens())));
        boolean moved = counts && ledger.move(hold, call.attribution().at(provider), now);
        if (moved == counts && hold.resize(wanted)) {
            return true;
        }
        if (moved) {
            var unusedMove = ledger.move(hold, call.attribution().at(from), now);
        }
        var unused = hold.resize(before);
        return false;
    }

    /** Tokens of output to hold at first, as many as can be paid of those expected; -1 where those are too few. */
    private long output(Exchange exchange, BudgetCall call, Target to, Bill there) {
        if (isClosed(exchange, call, to)) {
            return -1;
        }
        RequestFacts facts = exchange.facts().get();
        long wanted = call.estimate().output();
        long thinking = thinking(exchange);
        long least = thinking == 0 ? leastOutput(facts, wanted) : saturated(thinking + 1, facts.answers());
        Amount payable = ledger.payable(
                call.reservation(),
                call.attribution().at(to.provider().name()),
                exchange.receivedAt().toEpochMilli());
        long most = there.pricing().outputWithin(payable, there.input(), Math.max(wanted, least));
        return most < least ? -1 : Math.min(most, wanted);
    }

    /**
     * Whether the call can be paid at another target, to which its hold is fitted then: as many tokens of output are held
     * there as here, and what attempts have cost so far.
     */
    public boolean affords(Exchange exchange, Target from, Target to) {
        if (!(exchange.budget().orNull() instanceof BudgetCall call)) {
            return true;
        }
        Reservation hold = call.reservation();
        Bill here = bill(exchange, call, from);
        Bill there = bill(exchange, call, to);
        Amount paid = paid(exchange);
        Amount wanted = there.of(here.covered(hold.held(), cap(exchange))).plus(paid);
        if (isClosed(exchange, call, to)
                || !moves(exchange, call, from.provider().name(), to, wanted)) {
            return false;
        }
        goesTo(exchange, there, paid);
        return true;
    }

    /**
     * Whether a plain answer can be paid that may have this many tokens (-1: nobody knows), beside what attempts have cost
     * so far; the hold is fitted to it then, for nothing can cut it short.
     */
    public boolean affordsUncapped(Exchange exchange, Target to, long output) {
        if (!(exchange.budget().orNull() instanceof BudgetCall call)) {
            return true;
        }
        long most = saturated(
                output < 0 ? UNKNOWN_CAP : output, exchange.facts().get().answers());
        Amount before = call.reservation().held();
        Amount needed = bill(exchange, call, to).of(most).plus(paid(exchange));
        if (call.reservation().resize(needed)) {
            return true;
        }
        var unused = call.reservation().resize(before);
        return false;
    }

    /**
     * Whether a second call can be paid beside the first, of which one will be given up and perhaps be billed its input:
     * the hold covers either's answer then. What is given is to be told which of the two is left; null where it cannot be
     * paid, or where it would go to a provider with accounts of its own, to which a hold cannot belong as well.
     */
    public @Nullable Consumer<Target> affordsBeside(Exchange exchange, Target first, Target second) {
        if (!(exchange.budget().orNull() instanceof BudgetCall call)) {
            return left -> {};
        }
        if (!first.provider().name().equals(second.provider().name()) && ledger.looksAt("provider")) {
            return null;
        }
        Reservation hold = call.reservation();
        Amount before = hold.held();
        Amount paid = paid(exchange);
        Bill here = bill(exchange, call, first);
        Bill there = bill(exchange, call, second);
        long covered = here.covered(before.minus(paid), cap(exchange));
        Amount either = here.of(covered).plus(there.of(0));
        Amount other = there.of(covered).plus(here.of(0));
        Amount both = new Amount(Math.max(either.nanos(), other.nanos()), Math.max(either.tokens(), other.tokens()));
        if (!hold.resize(both.plus(paid))) {
            var unused = hold.resize(before);
            return null;
        }
        return left -> {
            Bill bill = left.isSamePlace(first) ? here : there;
            Amount gone = paid(exchange);
            var unused = hold.resize(bill.of(covered).plus(gone));
            goesTo(exchange, bill, gone);
        };
    }

    /** What a call costs at one target, whose model reads so many tokens of prompt. */
    private record Bill(Pricing pricing, long input) {
        Amount of(long output) {
            return pricing.amount(input, output);
        }

        /** Tokens of output that so much pays, beside the prompt; at most {@code cap}. */
        long covered(Amount held, long cap) {
            return Math.max(0, pricing.outputWithin(held, input, cap));
        }
    }

    private Bill bill(Exchange exchange, BudgetCall call, Target target) {
        return new Bill(
                Pricing.of(
                        List.of(new ModelAt(target.provider().name(), target.model())), prices, exchange.receivedAt()),
                estimate(exchange, call, target.model()).input());
    }

    private static void goesTo(Exchange exchange, Bill bill, Amount paid) {
        for (ResponseTap tap : exchange.taps()) {
            if (tap instanceof StreamHold follows) {
                follows.goesTo(bill.pricing(), bill.input(), paid);
            }
        }
    }

    private static Amount paid(Exchange exchange) {
        Amount paid = Amount.ZERO;
        for (Attempt attempt : exchange.attempts()) {
            Metered metered = attempt.metered();
            if (metered != null) {
                paid = paid.plus(new Amount(metered.cost().nanos(), metered.tokens()));
            }
        }
        return paid;
    }

    /** What was reserved by, or where the call goes to another model than it asked for, what that one will read. */
    CallEstimate estimate(Exchange exchange, BudgetCall call, @Nullable String model) {
        boolean asked = model == null || model.equals(exchange.facts().get().model());
        return asked
                ? call.estimate()
                : new CallEstimate(
                        estimator.estimate(exchange, model).input(),
                        call.estimate().output());
    }

    /** The most the provider may put out in all answers: the cap decided, the caller's, or the model's own. */
    long cap(Exchange exchange) {
        RequestFacts facts = exchange.facts().get();
        OutputCap decided = exchange.outputCap().orNull();
        long cap = decided != null ? decided.tokens() : facts.outputCap();
        if (cap < 0) {
            Target target = exchange.route().get().first();
            cap = target.model() == null
                    ? -1
                    : prices.traits(target.provider().name(), target.model(), exchange.receivedAt())
                            .maxOutput();
        }
        return saturated(cap < 0 ? UNKNOWN_CAP : cap, facts.answers());
    }

    static long saturated(long cap, int answers) {
        return cap > Amount.MOST / answers ? Amount.MOST : cap * answers;
    }

    /** What the caller sets aside for thinking; a cap at or below it makes the call fail. */
    static long thinking(Exchange exchange) {
        return exchange.endpoint().dialect().thinkingBudget(exchange.facts().get(), exchange.body());
    }

    static long leastOutput(RequestFacts facts, long wanted) {
        return Math.min(wanted, BudgetStep.LEAST_OUTPUT * facts.answers());
    }
}
