/** Tests of tunnels. */
@NullMarked
package io.tollgate.core.dialect.tunnel;

import org.jspecify.annotations.NullMarked;
