package io.tollgate.server.gateway;

import io.tollgate.budget.ledger.BudgetLedger;
import io.tollgate.budget.limits.RateLimiter;
import io.tollgate.budget.runs.RunLimiter;
import io.tollgate.budget.usagelog.UsageLog;
import io.tollgate.core.tokens.learned.LearnedTokens;
import io.tollgate.routing.cap.LearnedCaps;
import io.tollgate.routing.table.Conversations;
import io.tollgate.routing.table.RuleSwitches;

/**
 * What the steps remember from call to call. It outlives reloads of the configuration; any thread.
 *
 * @param switches which routing rules are off
 * @param conversations which model each is with
 * @param caps how long answers were
 */
public record GatewayState(
        UsageLog usageLog,
        RateLimiter rates,
        RunLimiter runs,
        BudgetLedger budgets,
        LearnedTokens learned,
        RuleSwitches switches,
        Conversations conversations,
        LearnedCaps caps) {}
