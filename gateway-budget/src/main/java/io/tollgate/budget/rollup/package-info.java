/** Usage summed up by minute, hour and day for every combination of dimensions, from the ledger's rows, exactly. */
@NullMarked
package io.tollgate.budget.rollup;

import org.jspecify.annotations.NullMarked;
