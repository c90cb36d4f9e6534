package io.tollgate.budget.step;

import io.tollgate.budget.ledger.AccountView;
import io.tollgate.budget.ledger.Amount;
import io.tollgate.budget.ledger.Attribution;
import io.tollgate.budget.ledger.BudgetLedger;
import io.tollgate.budget.ledger.Reservation;
import io.tollgate.core.dialect.Operation;
import io.tollgate.core.dialect.RequestFacts;
import io.tollgate.core.error.Refusal;
import io.tollgate.core.exchange.Attempt;
import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.exchange.OutputCap;
import io.tollgate.core.http.BodyEdit;
import io.tollgate.core.http.ResponseTap;
import io.tollgate.core.pipeline.Outcome;
import io.tollgate.core.pipeline.Reply;
import io.tollgate.core.pipeline.Step;
import io.tollgate.core.price.PriceCatalogue;
import io.tollgate.core.provider.Target;
import io.tollgate.core.usage.Metered;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Fits a call's hold to where it really goes and what it may really put out: after route, shape and cap are decided and
 * the meter reads along, before it is forwarded. What the cache could not answer is refused here where only the cache
 * may; a cap that cannot be paid is lowered; a stream's hold is told to follow it.
 */
public final class BudgetFitStep implements Step {
    /** Taken where nobody knows one: every model in use takes a cap as low as this. */
    private static final long UNKNOWN_CAP = 4_096;

    private final BudgetLedger ledger;
    private final CostEstimator estimator;
    private final PriceCatalogue prices;

    /** With the ledger, estimator and prices the {@link BudgetStep} has. */
    public BudgetFitStep(BudgetLedger ledger, CostEstimator estimator, PriceCatalogue prices) {
        this.ledger = ledger;
        this.estimator = estimator;
        this.prices = prices;
    }

    @Override
    public Outcome apply(Exchange exchange) {
        if (!(exchange.budget().orNull() instanceof BudgetCall call)) {
            return Outcome.NEXT;
        }
        Refusal refusal = call.cacheOnly() ? cacheOnly(call) : fit(exchange, call);
        return refusal == null ? Outcome.NEXT : Outcome.reply(new Reply.Refused(refusal));
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
        Amount before = hold.held();
        Amount paid = paid(exchange);
        if (!hold.resize(there.of(here.covered(before, cap(exchange))).plus(paid))) {
            var unused = hold.resize(before);
            return false;
        }
        Attribution goes = call.attribution().at(to.provider().name());
        if (!to.provider().name().equals(from.provider().name())
                && ledger.looksAt("provider")
                && !ledger.move(hold, goes, exchange.receivedAt().toEpochMilli())) {
            var unused = hold.resize(before);
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

    private @Nullable Refusal cacheOnly(BudgetCall call) {
        AccountView account = ledger.tightest(call.reservation());
        return account == null ? null : BudgetWords.cacheOnly(account);
    }

    private @Nullable Refusal fit(Exchange exchange, BudgetCall call) {
        Reservation hold = call.reservation();
        RequestFacts facts = exchange.facts().get();
        Target target = exchange.route().get().first();
        ModelAt model = new ModelAt(target.provider().name(), target.model());
        Pricing pricing = Pricing.of(List.of(model), prices, exchange.receivedAt());
        Attribution goes = call.attribution().at(model.provider());
        if (!goes.equals(call.attribution())
                && ledger.looksAt("provider")
                && !ledger.move(hold, goes, exchange.receivedAt().toEpochMilli())) {
            return tooDear(hold, model, hold.held());
        }
        CallEstimate estimate = estimate(exchange, call, target.model());
        long input = estimate.input();
        long cap = cap(exchange);
        long wanted = Math.min(estimate.output(), cap);
        Amount asked = pricing.amount(input, wanted);
        if (!hold.resize(asked) && pricing.outputWithin(hold.held(), input, wanted) < leastOutput(facts, wanted)) {
            return tooDear(hold, model, asked);
        }
        if (exchange.endpoint().operation() != Operation.GENERATE) {
            return null;
        }
        return clamp(exchange, hold, estimate, pricing, model, cap);
    }

    /** What was reserved by, or where the call goes to another model than it asked for, what that one will read. */
    private CallEstimate estimate(Exchange exchange, BudgetCall call, @Nullable String model) {
        boolean asked = model == null || model.equals(exchange.facts().get().model());
        return asked
                ? call.estimate()
                : new CallEstimate(
                        estimator.estimate(exchange, model).input(),
                        call.estimate().output());
    }

    /** The most the provider may put out in all answers: the cap decided, the caller's, or the model's own. */
    private long cap(Exchange exchange) {
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

    private static long saturated(long cap, int answers) {
        return cap > Amount.MOST / answers ? Amount.MOST : cap * answers;
    }

    /** What the provider can put out at most, by the cap that goes upstream. */
    private static long most(Exchange exchange, RequestFacts facts) {
        OutputCap decided = exchange.outputCap().orNull();
        long cap = decided != null ? decided.tokens() : facts.outputCap();
        return cap < 0 ? StreamHold.NO_CAP : saturated(cap, facts.answers());
    }

    private static long leastOutput(RequestFacts facts, long wanted) {
        return Math.min(wanted, BudgetStep.LEAST_OUTPUT * facts.answers());
    }

    /** Lowers the cap to what can be paid, and has a stream's hold follow it. */
    private @Nullable Refusal clamp(
            Exchange exchange, Reservation hold, CallEstimate estimate, Pricing pricing, ModelAt model, long cap) {
        RequestFacts facts = exchange.facts().get();
        long input = estimate.input();
        boolean blocks = hold.canBeRefused();
        if (blocks) {
            long payable = pricing.outputWithin(ledger.payable(hold), input, cap);
            if (payable < cap) {
                long least = Math.max(BudgetStep.LEAST_OUTPUT, thinking(exchange) + 1);
                if (payable / facts.answers() < least) {
                    return tooDear(hold, model, pricing.amount(input, leastOutput(facts, cap)));
                }
                if (facts.stream()) {
                    lowerCap(exchange, model, payable / facts.answers());
                } else {
                    // Nothing can cut a plain answer short, so all it may come to is held while it is made.
                    long share = FairShare.of(payable, estimate.output(), facts.answers());
                    long granted = Math.min(payable, Math.max(share, saturated(least, facts.answers())));
                    lowerCap(exchange, model, granted / facts.answers());
                    var unused = hold.resize(pricing.amount(input, granted));
                }
            }
        }
        if (facts.stream()) {
            if (blocks) {
                exchange.allowStop();
            }
            exchange.tap(new StreamHold(exchange, hold, pricing, estimator, estimate, most(exchange, facts)));
        }
        return null;
    }

    private static long thinking(Exchange exchange) {
        return exchange.endpoint()
                .dialect()
                .thinkingBudget(exchange.facts().get(), exchange.body());
    }

    private void lowerCap(Exchange exchange, ModelAt model, long tokens) {
        if (exchange.outputCap().isDecided()) {
            return; // whoever decided it knew what could be paid, and the hold's extension has the last word
        }
        String capField = model.model() == null
                ? null
                : prices.traits(model.provider(), model.model(), exchange.receivedAt())
                        .capField();
        List<BodyEdit> edits =
                exchange.endpoint().dialect().outputCap(exchange.facts().get(), capField, tokens);
        if (!edits.isEmpty()) {
            exchange.editForFirst(edits);
            OutputCap lowered = new OutputCap(tokens, "budget");
            exchange.outputCap().decide(lowered);
            exchange.replyHeaders().set(OutputCap.HEADER, lowered.told());
        }
    }

    private @Nullable Refusal tooDear(Reservation hold, ModelAt model, Amount needed) {
        AccountView account = ledger.tightest(hold);
        return account == null
                ? null
                : BudgetWords.tooDear(account, model.provider() + "/" + model.model(), needed.nanos());
    }
}
