/** Turns a whole streamed answer into the plain one the same request would have had, and the other way round. */
@NullMarked
package io.tollgate.core.dialect.replay;

import org.jspecify.annotations.NullMarked;
