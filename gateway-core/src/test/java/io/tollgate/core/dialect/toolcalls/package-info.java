/** Tests of finding tool calls. */
@NullMarked
package io.tollgate.core.dialect.toolcalls;

import org.jspecify.annotations.NullMarked;
