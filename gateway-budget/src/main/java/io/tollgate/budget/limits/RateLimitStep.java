package io.tollgate.budget.limits;

import io.netty.handler.codec.http.HttpHeaders;
import io.tollgate.budget.ledger.Attribution;
import io.tollgate.budget.step.CallEstimate;
import io.tollgate.budget.step.CostEstimator;
import io.tollgate.budget.step.ModelAt;
import io.tollgate.budget.step.ModelsInReach;
import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.pipeline.Outcome;
import io.tollgate.core.pipeline.Reply;
import io.tollgate.core.pipeline.Step;
import io.tollgate.core.usage.Metered;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Holds calls to the rate limits. A call counts as a request and takes a slot from here to its end, a stream's last event
 * included; it takes the tokens it is expected to use, and the difference to what was metered is put right at its end.
 * Where it is led to another target, the rules of that one are asked, too.
 */
public final class RateLimitStep implements Step {
    private static final CallEstimate NOTHING = new CallEstimate(0, 0);
    /** What a tunnel carries is rarely text for a model: one token is taken, the rest when a usage was found. */
    private static final CallEstimate SOMETHING = new CallEstimate(1, 0);

    private final RateLimiter limiter;
    private final CostEstimator estimator;
    private final ModelsInReach reach;

    /** By the limiter's rules; {@code reach} tells the provider where a rule asks for it. */
    public RateLimitStep(RateLimiter limiter, CostEstimator estimator, ModelsInReach reach) {
        this.limiter = limiter;
        this.estimator = estimator;
        this.reach = reach;
    }

    @Override
    public Outcome apply(Exchange exchange) {
        if (!limiter.hasRules()) {
            return Outcome.NEXT;
        }
        Attribution call = new Attribution(
                exchange.tags().get(),
                exchange.caller().get().key(),
                exchange.facts().get().model(),
                limiter.looksAt("provider") ? provider(exchange) : null);
        CallEstimate tokens = tokens(exchange);
        return switch (limiter.take(call, tokens.input(), tokens.output())) {
            case RateShortage shortage -> Outcome.reply(new Reply.Refused(RateWords.refusal(shortage)));
            case RatePermit permit -> {
                if (permit.isCounted()) {
                    admit(exchange, permit);
                }
                if (limiter.looksAt("model") || limiter.looksAt("provider")) {
                    RatesElsewhere elsewhere = new RatesElsewhere(limiter, exchange, call, tokens, permit);
                    exchange.limitTargets(elsewhere);
                    exchange.onFinish((finished, completion) -> elsewhere.settle());
                }
                yield Outcome.NEXT;
            }
        };
    }

    private @Nullable String provider(Exchange exchange) {
        List<ModelAt> models = reach.of(exchange);
        return models.isEmpty() ? null : models.getFirst().provider();
    }

    private CallEstimate tokens(Exchange exchange) {
        if (!limiter.limitsTokens()) {
            return NOTHING;
        }
        return switch (exchange.endpoint().operation()) {
            case COUNT_TOKENS, LIST_MODELS -> NOTHING;
            case TUNNEL -> SOMETHING;
            case GENERATE, EMBED -> estimator.estimate(exchange);
        };
    }

    private static void admit(Exchange exchange, RatePermit permit) {
        exchange.onFinish((finished, completion) -> {
            Metered metered = finished.bought();
            permit.settle(metered == null ? 0 : metered.tokens());
        });
        if (permit.requests() == null && permit.tokens() == null) {
            return;
        }
        HttpHeaders reply = exchange.replyHeaders();
        for (Map.Entry<String, String> header : RateWords.headers(permit)) {
            reply.set(header.getKey(), header.getValue());
        }
        exchange.tap(new TighterUpstream(permit, reply));
    }
}
