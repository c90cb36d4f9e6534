/** Alerts: what is worth telling people, journalled first, then delivered at least once to every channel. */
@NullMarked
package io.tollgate.budget.alerts;

import org.jspecify.annotations.NullMarked;
