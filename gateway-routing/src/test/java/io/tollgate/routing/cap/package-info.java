/** Tests of how long answers may become. */
@NullMarked
package io.tollgate.routing.cap;

import org.jspecify.annotations.NullMarked;
