/** Tests of what is found out of the ordinary. */
@NullMarked
package io.tollgate.budget.anomaly;

import org.jspecify.annotations.NullMarked;
