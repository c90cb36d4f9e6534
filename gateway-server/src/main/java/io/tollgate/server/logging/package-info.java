/** What the process says about itself, on standard error. */
@NullMarked
package io.tollgate.server.logging;

import org.jspecify.annotations.NullMarked;
