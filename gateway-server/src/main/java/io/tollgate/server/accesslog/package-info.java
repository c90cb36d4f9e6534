/** One line per request, for people or for machines; never a body, never a key. */
@NullMarked
package io.tollgate.server.accesslog;

import org.jspecify.annotations.NullMarked;
