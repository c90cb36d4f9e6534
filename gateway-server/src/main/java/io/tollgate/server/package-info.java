/** The gateway as a program. */
@NullMarked
package io.tollgate.server;

import org.jspecify.annotations.NullMarked;
