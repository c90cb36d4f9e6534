/** Reading the ledger: usage summed up under any grouping, single rows, and reports in several formats. */
@NullMarked
package io.tollgate.budget.report;

import org.jspecify.annotations.NullMarked;
