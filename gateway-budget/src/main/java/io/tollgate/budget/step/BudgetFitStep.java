package io.tollgate.budget.step;

import io.tollgate.budget.ledger.AccountView;
import io.tollgate.budget.ledger.Amount;
import io.tollgate.budget.ledger.Attribution;
import io.tollgate.budget.ledger.BudgetLedger;
import io.tollgate.budget.ledger.Reservation;
import io.tollgate.core.dialect.Operation;
import io.tollgate.core.dialect.RequestFacts;
import io.tollgate.core.error.Refusal;
import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.exchange.OutputCap;
import io.tollgate.core.http.BodyEdit;
import io.tollgate.core.pipeline.Outcome;
import io.tollgate.core.pipeline.Reply;
import io.tollgate.core.pipeline.Step;
import io.tollgate.core.price.PriceCatalogue;
import io.tollgate.core.provider.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fits a call's hold to where it really goes and what it may really put out: after route, shape and cap are decided and
 * the meter reads along, before it is forwarded. What the cache could not answer is refused here where only the cache
 * may; a cap that cannot be paid is lowered; a stream's hold is told to follow it.
 */
public final class BudgetFitStep implements Step {
    private final BudgetLedger ledger;
    private final CostEstimator estimator;
    private final PriceCatalogue prices;
    private final Purse purse;

    /** With the ledger, estimator and prices the {@link BudgetStep} has. */
    public BudgetFitStep(BudgetLedger ledger, CostEstimator estimator, PriceCatalogue prices) {
        this.ledger = ledger;
        this.estimator = estimator;
        this.prices = prices;
        this.purse = new Purse(ledger, estimator, prices);
    }

    @Override
    public Outcome apply(Exchange exchange) {
        if (!(exchange.budget().orNull() instanceof BudgetCall call)) {
            return Outcome.NEXT;
        }
        Refusal refusal = call.cacheOnly() ? cacheOnly(call) : fit(exchange, call);
        return refusal == null ? Outcome.NEXT : Outcome.reply(new Reply.Refused(refusal));
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
        if (ledger.looksAt("provider") // held elsewhere, if a rule led it there and a limit did not let it in
                && !ledger.move(hold, goes, exchange.receivedAt().toEpochMilli())) {
            return tooDear(hold, model, hold.held());
        }
        CallEstimate estimate = purse.estimate(exchange, call, target.model());
        long input = estimate.input();
        long cap = purse.cap(exchange);
        long wanted = Math.min(estimate.output(), cap);
        Amount asked = pricing.amount(input, wanted);
        if (!hold.resize(asked)
                && pricing.outputWithin(hold.held(), input, wanted) < Purse.leastOutput(facts, wanted)) {
            return tooDear(hold, model, asked);
        }
        if (exchange.endpoint().operation() != Operation.GENERATE) {
            return null;
        }
        return clamp(exchange, hold, estimate, pricing, model, cap);
    }

    /** What the provider can put out at most, by the cap that goes upstream. */
    private static long most(Exchange exchange, RequestFacts facts) {
        OutputCap decided = exchange.outputCap().orNull();
        long cap = decided != null ? decided.tokens() : facts.outputCap();
        return cap < 0 ? StreamHold.NO_CAP : Purse.saturated(cap, facts.answers());
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
                long least = Math.max(BudgetStep.LEAST_OUTPUT, Purse.thinking(exchange) + 1);
                if (payable / facts.answers() < least) {
                    return tooDear(hold, model, pricing.amount(input, Purse.leastOutput(facts, cap)));
                }
                if (facts.stream()) {
                    lowerCap(exchange, model, payable / facts.answers());
                } else {
                    // Nothing can cut a plain answer short, so all it may come to is held while it is made.
                    long share = FairShare.of(payable, estimate.output(), facts.answers());
                    long granted = Math.min(payable, Math.max(share, Purse.saturated(least, facts.answers())));
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
