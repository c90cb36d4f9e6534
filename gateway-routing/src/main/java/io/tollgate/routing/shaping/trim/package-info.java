/** Blank space and filler taken out of a system prompt, with code, quotes and data left as they are. */
@NullMarked
package io.tollgate.routing.shaping.trim;

import org.jspecify.annotations.NullMarked;
