/** Tests of connections to providers. */
@NullMarked
package io.tollgate.server.upstream;

import org.jspecify.annotations.NullMarked;
