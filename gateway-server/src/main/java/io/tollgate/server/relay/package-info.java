/** Forwards an exchange to its provider and passes the answer back while taps watch; the only place that holds reference-counted buffers of both sides. */
@NullMarked
package io.tollgate.server.relay;

import org.jspecify.annotations.NullMarked;
