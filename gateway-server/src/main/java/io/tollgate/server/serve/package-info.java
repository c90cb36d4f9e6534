/** The gateway as a running whole: started from a configuration, reloaded, drained, stopped. */
@NullMarked
package io.tollgate.server.serve;

import org.jspecify.annotations.NullMarked;
