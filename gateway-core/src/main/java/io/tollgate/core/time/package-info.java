/** Monotonic time as a value that tests can turn by hand. */
@NullMarked
package io.tollgate.core.time;

import org.jspecify.annotations.NullMarked;
