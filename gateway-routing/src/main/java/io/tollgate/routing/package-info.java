/** Where calls go, how hard they are, how long their answers may become. */
@NullMarked
package io.tollgate.routing;

import org.jspecify.annotations.NullMarked;
