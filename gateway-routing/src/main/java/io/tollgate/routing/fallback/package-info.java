/** What follows a call to a provider that failed: another try, or another target. */
@NullMarked
package io.tollgate.routing.fallback;

import org.jspecify.annotations.NullMarked;
