/** Cuts a streamed answer into its events (SSE, NDJSON, a JSON array), wherever the chunks were split. */
@NullMarked
package io.tollgate.core.sse;

import org.jspecify.annotations.NullMarked;
