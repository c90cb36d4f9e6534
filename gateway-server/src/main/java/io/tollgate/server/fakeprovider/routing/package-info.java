/** Which path is answered by whom. */
@NullMarked
package io.tollgate.server.fakeprovider.routing;

import org.jspecify.annotations.NullMarked;
