package io.tollgate.routing.promptcache;

import io.tollgate.core.http.BodyEdit;
import java.util.List;

/**
 * A place a prompt can be marked at.
 *
 * @param hash of all that stands before it in the provider's order: tools, system, turns
 * @param bytes of it
 * @param marking what sets the mark
 */
record Prefix(Kind kind, long hash, long bytes, List<BodyEdit> marking) {}
