/** The product put together: the pipeline in its order, and the handler that sends each request through it. */
@NullMarked
package io.tollgate.server.gateway;

import org.jspecify.annotations.NullMarked;
