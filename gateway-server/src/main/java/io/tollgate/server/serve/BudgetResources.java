package io.tollgate.server.serve;

import io.tollgate.budget.journal.Budgets;
import io.tollgate.budget.ledger.AccountView;
import io.tollgate.budget.ledger.BudgetRule;
import io.tollgate.budget.usagelog.StoreException;
import io.tollgate.budget.view.BudgetJson;
import io.tollgate.budget.view.RaiseRequest;
import io.tollgate.server.admin.AdminAnswer;
import io.tollgate.server.admin.AdminProblem;
import io.tollgate.server.admin.AdminRequest;
import io.tollgate.server.admin.AdminResource;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** {@code GET budgets}, {@code GET budgets/{name}} and {@code POST budgets/{name}/raise}. */
final class BudgetResources {
    private static final String ALL = "/api/v1/budgets";

    private final Budgets budgets;
    private final InstantSource clock;

    BudgetResources(Budgets budgets, InstantSource clock) {
        this.budgets = budgets;
        this.clock = clock;
    }

    Map<String, AdminResource> byPath() {
        return Map.of(
                ALL,
                AdminResource.get(request ->
                        AdminAnswer.json(BudgetJson.of(budgets.ledger().accounts(), clock.millis()))),
                ALL + "/{name}",
                AdminResource.get(this::one),
                ALL + "/{name}/raise",
                AdminResource.post(this::raise));
    }

    /** An object where the budget has one account, a list where it has one per value. */
    private AdminAnswer one(AdminRequest request) {
        List<AccountView> accounts = budgets.ledger().accounts(request.name("name"));
        if (accounts == null) {
            throw unknown(request);
        }
        boolean single = rule(request).each().isEmpty();
        return AdminAnswer.json(
                single ? BudgetJson.of(accounts.getFirst(), clock.millis()) : BudgetJson.of(accounts, clock.millis()));
    }

    private AdminAnswer raise(AdminRequest request) {
        BudgetRule rule = rule(request);
        try {
            return AdminAnswer.json(BudgetJson.of(
                    budgets.raise(RaiseRequest.read(request.body()).of(rule, clock.millis()))));
        } catch (IllegalArgumentException e) {
            throw new AdminProblem(400, String.valueOf(e.getMessage()));
        } catch (StoreException e) {
            throw new AdminProblem(503, "the raise is not in force, for it cannot be journalled: " + e.getMessage());
        }
    }

    private BudgetRule rule(AdminRequest request) {
        return budgets.ledger().rules().stream()
                .filter(rule -> rule.name().equals(request.name("name")))
                .findFirst()
                .orElseThrow(() -> unknown(request));
    }

    private AdminProblem unknown(AdminRequest request) {
        return new AdminProblem(
                404,
                "no budget " + request.name("name") + "; there are "
                        + budgets.ledger().rules().stream()
                                .map(BudgetRule::name)
                                .toList());
    }
}
