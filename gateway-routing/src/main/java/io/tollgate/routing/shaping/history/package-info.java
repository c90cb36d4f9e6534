/** The window of a conversation that is sent: which turns go, never a tool call without its result. */
@NullMarked
package io.tollgate.routing.shaping.history;

import org.jspecify.annotations.NullMarked;
