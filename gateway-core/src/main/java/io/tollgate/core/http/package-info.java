/** Requests held whole, responses passing by: heads, bodies, spans, edits and taps. */
@NullMarked
package io.tollgate.core.http;

import org.jspecify.annotations.NullMarked;
