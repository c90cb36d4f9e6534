/** The cache as the pipeline sees it: who is answered from it, and what is kept of what passes. */
@NullMarked
package io.tollgate.cache.step;

import org.jspecify.annotations.NullMarked;
