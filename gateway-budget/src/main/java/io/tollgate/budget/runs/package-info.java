/** Limits of agent runs: what one session may do and spend before it is stopped. */
@NullMarked
package io.tollgate.budget.runs;

import org.jspecify.annotations.NullMarked;
