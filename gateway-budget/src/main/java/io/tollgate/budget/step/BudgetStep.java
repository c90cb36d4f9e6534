package io.tollgate.budget.step;

import io.tollgate.budget.ledger.AccountView;
import io.tollgate.budget.ledger.Amount;
import io.tollgate.budget.ledger.Attribution;
import io.tollgate.budget.ledger.BudgetLedger;
import io.tollgate.budget.ledger.Reservation;
import io.tollgate.budget.ledger.Reserved;
import io.tollgate.budget.ledger.Shortage;
import io.tollgate.core.dialect.Operation;
import io.tollgate.core.dialect.RequestFacts;
import io.tollgate.core.exchange.Attempt;
import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.pipeline.Outcome;
import io.tollgate.core.pipeline.Reply;
import io.tollgate.core.pipeline.Step;
import io.tollgate.core.price.PriceCatalogue;
import io.tollgate.core.usage.Metered;
import java.util.List;

/**
 * Reserves what a call will probably cost on every budget that applies, or refuses it; settles when all is over, at what
 * the call's row in the usage log says. {@link BudgetFitStep} follows once it is known where the call goes.
 */
public final class BudgetStep implements Step {
    /** Output tokens a call must at least be able to pay; what cannot pay that is refused. OpenAI takes no lower cap. */
    static final long LEAST_OUTPUT = 16;
    /** So that a call whose price is unknown still finds out that a budget is used up. */
    private static final Amount SOMETHING = new Amount(1, 1);

    private final BudgetLedger ledger;
    private final CostEstimator estimator;
    private final ModelsInReach reach;
    private final PriceCatalogue prices;
    private final Purse purse;

    /** Reserves in {@code ledger}, at these prices. */
    public BudgetStep(BudgetLedger ledger, CostEstimator estimator, ModelsInReach reach, PriceCatalogue prices) {
        this.ledger = ledger;
        this.estimator = estimator;
        this.reach = reach;
        this.prices = prices;
        this.purse = new Purse(ledger, estimator, prices);
    }

    @Override
    public Outcome apply(Exchange exchange) {
        if (!ledger.hasBudgets() || isFree(exchange.endpoint().operation())) {
            return Outcome.NEXT;
        }
        int rules = ledger.version();
        List<ModelAt> models = reach.of(exchange);
        RequestFacts facts = exchange.facts().get();
        CallEstimate estimate = estimator.estimate(exchange);
        Attribution attribution = new Attribution(
                exchange.tags().get(),
                exchange.caller().get().key(),
                facts.model(),
                models.isEmpty() ? null : models.getFirst().provider());
        long now = exchange.receivedAt().toEpochMilli();
        long least = Math.min(estimate.output(), LEAST_OUTPUT * facts.answers());
        Amount free = ledger.free(attribution, now);
        Pricing pricing = Pricing.of(models, prices, exchange.receivedAt());
        long payable = pricing.outputWithin(free, estimate.input(), Pricing.MOST_OUTPUT);
        if (payable < least && models.size() > 1) { // no rule will lead it to what cannot be paid
            pricing = Pricing.of(List.of(models.getFirst()), prices, exchange.receivedAt());
            payable = pricing.outputWithin(free, estimate.input(), Pricing.MOST_OUTPUT);
        }
        CallEstimate held = shared(estimate, payable, least, facts.answers());
        Reserved reserved = ledger.reserve(
                exchange.id(),
                attribution,
                atLeastSomething(pricing.amount(held.input(), held.output())),
                atLeastSomething(pricing.amount(held.input(), least)),
                now);
        return switch (reserved) {
            case Shortage shortage -> Outcome.reply(new Reply.Refused(BudgetWords.refusal(shortage)));
            case Reservation reservation -> {
                long most = reservation.canBeRefused() ? Math.max(payable, least) / facts.answers() : Long.MAX_VALUE;
                admit(exchange, new BudgetCall(reservation, attribution, held, most, rules, purse));
                yield Outcome.NEXT;
            }
        };
    }

    private static boolean isFree(Operation operation) {
        return operation == Operation.COUNT_TOKENS || operation == Operation.LIST_MODELS;
    }

    private static Amount atLeastSomething(Amount amount) {
        return new Amount(Math.max(amount.nanos(), SOMETHING.nanos()), Math.max(amount.tokens(), SOMETHING.tokens()));
    }

    /**
     * What is held of what the call will probably take: no more than its share of what is left. It is decided before
     * anything is held, so that no call looks as if it took all of a budget, not even for a moment.
     */
    private static CallEstimate shared(CallEstimate estimate, long payable, long least, int answers) {
        if (payable <= 0) {
            return estimate;
        }
        long share = FairShare.of(payable, estimate.output(), answers);
        return new CallEstimate(estimate.input(), Math.max(least, Math.min(estimate.output(), share)));
    }

    private void admit(Exchange exchange, BudgetCall call) {
        AccountView tightest = ledger.tightest(call.reservation());
        if (tightest == null && !ledger.looksAt("provider")) {
            call.reservation().release(); // no budget applies
            return;
        }
        exchange.budget().decide(call); // where none applies, one may when the call goes to another provider
        if (tightest != null) {
            exchange.replyHeaders().set(BudgetWords.HEADER, BudgetWords.header(tightest));
        }
        exchange.onFinish((finished, completion) -> settle(finished, call));
    }

    private void settle(Exchange exchange, BudgetCall call) {
        Metered metered = exchange.bought();
        Amount actual = metered == null ? Amount.ZERO : amount(metered);
        Attribution went = call.attribution();
        if (!exchange.attempts().isEmpty()) {
            went = went.at(exchange.attempts().getLast().target().provider().name());
            if (exchange.attempts().size() > 1 && ledger.looksAt("provider")) {
                actual = actual.minus(settleElsewhere(exchange, went));
            }
        }
        if (ledger.looksAt("provider") || call.rules() != ledger.version()) { // it may be held elsewhere than it went
            ledger.settle(
                    call.reservation(), went, actual, exchange.receivedAt().toEpochMilli());
        } else {
            call.reservation().settle(actual);
        }
    }

    /** Attempts that cost something at another provider than the last count in that one's accounts, as their rows do. */
    private Amount settleElsewhere(Exchange exchange, Attribution went) {
        Amount elsewhere = Amount.ZERO;
        for (Attempt attempt : exchange.attempts()) {
            Metered metered = attempt.metered();
            String provider = attempt.target().provider().name();
            if (metered != null && attempt != exchange.lastAttempt() && !provider.equals(went.provider())) {
                Amount cost = amount(metered);
                ledger.charge(went.at(provider), cost, exchange.receivedAt().toEpochMilli());
                elsewhere = elsewhere.plus(cost);
            }
        }
        return elsewhere;
    }

    /** As the usage log's row has it: an unknown price is no money, and the tokens of all models count. */
    private static Amount amount(Metered metered) {
        return new Amount(metered.cost().nanos(), metered.tokens());
    }
}
