/** One request's life: what was decided about it, and the finishers that run when all is over. */
@NullMarked
package io.tollgate.core.exchange;

import org.jspecify.annotations.NullMarked;
