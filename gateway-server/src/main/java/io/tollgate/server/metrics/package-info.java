/** What Prometheus sees: meters held ready, so that counting costs nanoseconds. */
@NullMarked
package io.tollgate.server.metrics;

import org.jspecify.annotations.NullMarked;
