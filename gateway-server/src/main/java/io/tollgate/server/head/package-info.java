/** Writes the heads of HTTP/1.1 messages, towards callers and towards providers. */
@NullMarked
package io.tollgate.server.head;

import org.jspecify.annotations.NullMarked;
