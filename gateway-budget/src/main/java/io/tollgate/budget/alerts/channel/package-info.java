/** Where alerts go: Slack, PagerDuty, signed web hooks, e-mail. */
@NullMarked
package io.tollgate.budget.alerts.channel;

import org.jspecify.annotations.NullMarked;
