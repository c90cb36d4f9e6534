package io.tollgate.budget.ledger;

import java.util.Map;

/**
 * A hold that did not fit.
 *
 * @param budget which budget had too little left
 * @param each which of its accounts
 * @param balance how that account stood at that moment
 * @param span its period
 * @param asked the least the call needed
 */
public record Shortage(String budget, Map<String, String> each, Balance balance, Period.Span span, Amount asked)
        implements Reserved {}
