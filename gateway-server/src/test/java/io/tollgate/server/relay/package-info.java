/** Tests of parts of the relay that can be looked at alone. */
@NullMarked
package io.tollgate.server.relay;

import org.jspecify.annotations.NullMarked;
