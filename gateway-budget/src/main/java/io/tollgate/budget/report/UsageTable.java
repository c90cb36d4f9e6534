package io.tollgate.budget.report;

import java.util.List;

/**
 * The answer to a query: one consistent state of the ledger.
 *
 * @param query what was asked
 * @param rows one per group and bucket, in the order of time, then of the groups' values
 * @param total all of them together
 */
public record UsageTable(UsageQuery query, List<UsageSummary> rows, UsageSummary total) {}
