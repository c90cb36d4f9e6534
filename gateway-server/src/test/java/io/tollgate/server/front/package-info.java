/** The ways to callers, alone. */
@NullMarked
package io.tollgate.server.front;

import org.jspecify.annotations.NullMarked;
