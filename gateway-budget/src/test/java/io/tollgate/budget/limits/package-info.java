/** Tests of rate limits. */
@NullMarked
package io.tollgate.budget.limits;

import org.jspecify.annotations.NullMarked;
