/** Where calls go out: connections to providers, pooled per event loop. */
@NullMarked
package io.tollgate.server.upstream;

import org.jspecify.annotations.NullMarked;
