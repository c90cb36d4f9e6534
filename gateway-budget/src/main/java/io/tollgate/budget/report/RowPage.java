package io.tollgate.budget.report;

import io.tollgate.budget.usagelog.UsageRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows, newest first.
 *
 * @param rows at most as many as were asked for
 * @param next where the next page begins, to be handed back as it is; null on the last page
 */
public record RowPage(List<UsageRow> rows, @Nullable String next) {}
