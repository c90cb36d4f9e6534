package io.tollgate.server.gateway;

import io.tollgate.budget.identity.AuthenticateStep;
import io.tollgate.budget.identity.AuthorizeModelStep;
import io.tollgate.budget.identity.TagStep;
import io.tollgate.budget.limits.RateLimitStep;
import io.tollgate.budget.runs.RunLimitStep;
import io.tollgate.budget.step.BudgetFitStep;
import io.tollgate.budget.step.BudgetStep;
import io.tollgate.budget.step.CostEstimator;
import io.tollgate.budget.step.LearnedEstimator;
import io.tollgate.budget.step.ModelsInReach;
import io.tollgate.budget.step.Purse;
import io.tollgate.budget.usagelog.UsageLogStep;
import io.tollgate.cache.step.CacheStep;
import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.pipeline.Pipeline;
import io.tollgate.core.step.LearnStep;
import io.tollgate.core.step.MeterStep;
import io.tollgate.core.step.ReadStep;
import io.tollgate.routing.cap.OutputCapStep;
import io.tollgate.routing.cap.UnspentOutput;
import io.tollgate.routing.earlystop.EarlyStopStep;
import io.tollgate.routing.promptcache.PromptCacheStep;
import io.tollgate.routing.shaping.ShapeStep;
import io.tollgate.routing.table.RouteStep;
import io.tollgate.routing.table.Router;
import java.util.List;

/** The whole product, in order. Nothing else decides what comes before what. */
public final class GatewayPipeline {
    private GatewayPipeline() {}

    private static long likely(GatewayState state, Exchange exchange) {
        String model = exchange.facts().get().model();
        return state.learned()
                .input(
                        LearnStep.group(exchange, model),
                        exchange.endpoint(),
                        exchange.facts().get(),
                        exchange.body(),
                        model)
                .likely();
    }

    /** The steps every request passes until one of them replies. */
    public static Pipeline of(GatewayState state, GatewayRules rules) {
        CostEstimator estimator = new LearnedEstimator(state.learned());
        Router router = new Router(
                rules.routing(),
                state.routing(),
                exchange -> estimator.estimate(exchange).input(),
                rules.providers(),
                rules.prices());
        Purse purse = new Purse(state.budgets(), estimator, rules.prices());
        ModelsInReach reach = new RoutedReach(rules.providers(), router);
        return new Pipeline(List.of(
                new AuthenticateStep(rules.keys()), // who calls
                new ReadStep(), // what is asked, and where it stands in the bytes
                new TagStep(), // whom it is counted for
                new AuthorizeModelStep(), // may this key use this model
                new UsageLogStep(state.usageLog()), // registers first: its finisher runs last and sees everything
                new RateLimitStep(state.rates(), estimator, reach), // not too fast, not too many at once
                new RunLimitStep(state.runs(), reach), // an agent's session that goes too far or in circles
                new BudgetStep(state.budgets(), estimator, reach, rules.prices()), // holds what it will probably cost
                new RouteStep(rules.providers(), router, rules.prices()), // which provider, which model
                new ShapeStep(
                        rules.shaping(),
                        state.shaping(),
                        state.ownCalls(),
                        exchange -> likely(state, exchange),
                        rules.prices()), // how much of the prompt is sent
                new CacheStep(rules.cache(), state.caching()), // is it at hand, or under way for another call
                new PromptCacheStep(
                        rules.routing().promptCache(),
                        state.routing().promptCaching(),
                        rules.prices()), // what it reads again
                new OutputCapStep(
                        rules.routing().output(), state.routing().caps(), rules.prices()), // how long it may get
                new EarlyStopStep(
                        rules.routing().earlyStop(),
                        new UnspentOutput(state.routing().caps(), rules.prices())), // what of it is not wanted
                new MeterStep(rules.prices()), // usage and cost, read from the answer as it passes
                new LearnStep(state.learned()), // what calls of its kind use
                new BudgetFitStep(state.budgets(), estimator, rules.prices()), // the hold follows where it goes
                new ForwardStep(Recoveries.of(state, rules, router, purse)))); // there and back, again if need be
    }
}
