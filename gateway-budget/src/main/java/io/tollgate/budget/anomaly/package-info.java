/** What is out of the ordinary: rules over the latest usage, told of once for each episode. */
@NullMarked
package io.tollgate.budget.anomaly;

import org.jspecify.annotations.NullMarked;
