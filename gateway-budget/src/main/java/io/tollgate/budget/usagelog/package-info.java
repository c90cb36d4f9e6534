/** The append-only usage log: one row per attempt of every admitted request, queued by the event loops and committed in groups by one writer. */
@NullMarked
package io.tollgate.budget.usagelog;

import org.jspecify.annotations.NullMarked;
