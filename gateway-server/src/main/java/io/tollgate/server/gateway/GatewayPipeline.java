package io.tollgate.server.gateway;

import io.tollgate.budget.identity.AuthenticateStep;
import io.tollgate.budget.identity.AuthorizeModelStep;
import io.tollgate.budget.identity.Keyring;
import io.tollgate.budget.identity.TagStep;
import io.tollgate.budget.ledger.BudgetLedger;
import io.tollgate.budget.step.BudgetFitStep;
import io.tollgate.budget.step.BudgetStep;
import io.tollgate.budget.step.CostEstimator;
import io.tollgate.budget.step.LearnedEstimator;
import io.tollgate.budget.usagelog.UsageLog;
import io.tollgate.budget.usagelog.UsageLogStep;
import io.tollgate.core.pipeline.Pipeline;
import io.tollgate.core.price.PriceCatalogue;
import io.tollgate.core.step.LearnStep;
import io.tollgate.core.step.MeterStep;
import io.tollgate.core.step.ReadStep;
import io.tollgate.core.tokens.learned.LearnedTokens;
import io.tollgate.routing.table.Providers;
import io.tollgate.routing.table.RouteStep;
import java.util.List;

/** The whole product, in order. Nothing else decides what comes before what. */
public final class GatewayPipeline {
    private GatewayPipeline() {}

    /** The steps every request passes until one of them replies. */
    public static Pipeline of(
            Keyring keys,
            UsageLog usageLog,
            BudgetLedger budgets,
            LearnedTokens learned,
            Providers providers,
            PriceCatalogue prices) {
        CostEstimator estimator = new LearnedEstimator(learned);
        return new Pipeline(List.of(
                new AuthenticateStep(keys), // who calls
                new ReadStep(), // what is asked, and where it stands in the bytes
                new TagStep(), // whom it is counted for
                new AuthorizeModelStep(), // may this key use this model
                new UsageLogStep(usageLog), // registers first: its finisher runs last and sees everything
                new BudgetStep(
                        budgets, estimator, new DirectReach(providers), prices), // holds what it will probably cost
                new RouteStep(providers), // which provider, which model
                new MeterStep(prices), // usage and cost, read from the answer as it passes
                new LearnStep(learned), // what calls of its kind use
                new BudgetFitStep(budgets, estimator, prices), // the hold follows where it goes, and the stream
                new ForwardStep()));
    }
}
