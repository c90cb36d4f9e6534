/** Tests of how weights are made. */
@NullMarked
package io.tollgate.routing.complexity.training;

import org.jspecify.annotations.NullMarked;
