/** A linear model over hashed words, pairs of words and a few numbers, small enough to be a resource. */
@NullMarked
package io.tollgate.routing.complexity.model;

import org.jspecify.annotations.NullMarked;
