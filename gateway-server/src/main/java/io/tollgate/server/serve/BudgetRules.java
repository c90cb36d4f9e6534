package io.tollgate.server.serve;

import io.tollgate.budget.ladder.Action;
import io.tollgate.budget.ladder.Ladder;
import io.tollgate.budget.ladder.Level;
import io.tollgate.budget.ladder.Rung;
import io.tollgate.budget.ledger.BudgetRule;
import io.tollgate.budget.ledger.Period;
import io.tollgate.server.config.BudgetConfig;
import io.tollgate.server.config.Config;
import java.time.ZoneId;
import java.util.List;

/** The configuration's budgets as the ledger takes them. */
public final class BudgetRules {
    private BudgetRules() {}

    /** All of them. */
    public static List<BudgetRule> of(Config config) {
        return config.budgets().stream()
                .map(budget -> rule(budget, config.timezone()))
                .toList();
    }

    private static BudgetRule rule(BudgetConfig budget, ZoneId zone) {
        Long usd = budget.limit().usdNanos();
        Long tokens = budget.limit().tokens();
        return new BudgetRule(
                budget.name(),
                budget.match().globs(),
                budget.each(),
                Period.valueOf(budget.period().name()),
                zone,
                usd == null ? -1 : usd,
                tokens == null ? -1 : tokens,
                new Ladder(budget.steps().stream().map(BudgetRules::rung).toList()));
    }

    private static Rung rung(BudgetConfig.Step step) {
        return new Rung(
                step.at(),
                Action.valueOf(step.action().name()),
                Level.valueOf(step.level().name()));
    }
}
