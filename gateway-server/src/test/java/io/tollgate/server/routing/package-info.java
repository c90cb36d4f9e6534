/** Routing rules and output caps, tried over HTTP. */
@NullMarked
package io.tollgate.server.routing;

import org.jspecify.annotations.NullMarked;
