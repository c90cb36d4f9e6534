/** The tool calls that a conversation in a request's body holds, in any dialect. */
@NullMarked
package io.tollgate.core.dialect.toolcalls;

import org.jspecify.annotations.NullMarked;
