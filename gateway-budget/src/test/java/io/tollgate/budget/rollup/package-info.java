/** Tests of how sums are kept. */
@NullMarked
package io.tollgate.budget.rollup;

import org.jspecify.annotations.NullMarked;
