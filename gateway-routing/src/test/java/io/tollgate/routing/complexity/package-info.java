/** Tests of the classifiers. */
@NullMarked
package io.tollgate.routing.complexity;

import org.jspecify.annotations.NullMarked;
