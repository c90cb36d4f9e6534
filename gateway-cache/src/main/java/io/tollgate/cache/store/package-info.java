/** Answers that are kept: what belongs to one, and where it is found again. */
@NullMarked
package io.tollgate.cache.store;

import org.jspecify.annotations.NullMarked;
