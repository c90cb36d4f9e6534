/** Tests of alerts, against flaky receivers. */
@NullMarked
package io.tollgate.budget.alerts;

import org.jspecify.annotations.NullMarked;
