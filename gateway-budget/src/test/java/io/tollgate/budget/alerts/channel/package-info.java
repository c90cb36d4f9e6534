/** Tests of what is sent to which kind of receiver. */
@NullMarked
package io.tollgate.budget.alerts.channel;

import org.jspecify.annotations.NullMarked;
