package io.tollgate.server.gateway;

import io.tollgate.budget.ledger.BudgetLedger;
import io.tollgate.budget.limits.RateLimiter;
import io.tollgate.budget.runs.RunLimiter;
import io.tollgate.budget.usagelog.UsageLog;
import io.tollgate.cache.step.Caching;
import io.tollgate.core.pipeline.OwnCalls;
import io.tollgate.core.tokens.learned.LearnedTokens;
import io.tollgate.routing.RoutingMemory;
import io.tollgate.routing.shaping.ShapingWork;

/** What the steps remember from call to call. It outlives reloads of the configuration; any thread. */
public record GatewayState(
        UsageLog usageLog,
        RateLimiter rates,
        RunLimiter runs,
        BudgetLedger budgets,
        RoutingMemory routing,
        Caching caching,
        LearnedTokens learned,
        ShapingWork shaping,
        OwnCalls ownCalls) {}
