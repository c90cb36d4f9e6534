/** Prefix caching: where marks go and whether they pay. */
@NullMarked
package io.tollgate.routing.promptcache;

import org.jspecify.annotations.NullMarked;
