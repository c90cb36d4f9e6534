/** The cache as callers see it: whole gateways over HTTP. */
@NullMarked
package io.tollgate.server.cache;

import org.jspecify.annotations.NullMarked;
