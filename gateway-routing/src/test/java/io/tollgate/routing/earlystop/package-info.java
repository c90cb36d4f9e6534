@NullMarked
package io.tollgate.routing.earlystop;

import org.jspecify.annotations.NullMarked;
