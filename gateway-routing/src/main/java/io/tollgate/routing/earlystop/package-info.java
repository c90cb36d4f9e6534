/** Ends a streamed answer once it has all that was asked for, or when it only repeats itself. */
@NullMarked
package io.tollgate.routing.earlystop;

import org.jspecify.annotations.NullMarked;
