package io.tollgate.budget.ledger;

import java.util.List;
import java.util.Map;

/**
 * One account as the admin API shows it.
 *
 * @param each the value of each dimension under the rule's {@code each}
 * @param raises those in force for it
 */
public record AccountView(
        BudgetRule rule, Map<String, String> each, Period.Span span, Balance balance, List<Raise> raises) {}
