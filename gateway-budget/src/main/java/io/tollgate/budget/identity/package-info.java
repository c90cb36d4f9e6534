/** Who calls and whom the call is counted for: virtual keys and tags. */
@NullMarked
package io.tollgate.budget.identity;

import org.jspecify.annotations.NullMarked;
