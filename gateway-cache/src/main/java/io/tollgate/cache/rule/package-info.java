/** What the configuration and the caller want of the cache for one call, and which answers are fit to be kept. */
@NullMarked
package io.tollgate.cache.rule;

import org.jspecify.annotations.NullMarked;
