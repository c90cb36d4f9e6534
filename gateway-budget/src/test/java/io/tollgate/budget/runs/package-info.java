/** Tests of the limits of agent runs. */
@NullMarked
package io.tollgate.budget.runs;

import org.jspecify.annotations.NullMarked;
