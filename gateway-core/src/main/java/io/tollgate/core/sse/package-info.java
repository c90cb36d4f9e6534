/** Cuts a byte stream of server-sent events into events, wherever the chunks were split. */
@NullMarked
package io.tollgate.core.sse;

import org.jspecify.annotations.NullMarked;
