/** The texts of a request's body that may be shortened, and where each character stands in its bytes. */
@NullMarked
package io.tollgate.routing.shaping.body;

import org.jspecify.annotations.NullMarked;
