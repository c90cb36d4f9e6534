/** Finds the question in a request of any dialect, without decoding more of it than a classifier looks at. */
@NullMarked
package io.tollgate.routing.complexity.request;

import org.jspecify.annotations.NullMarked;
