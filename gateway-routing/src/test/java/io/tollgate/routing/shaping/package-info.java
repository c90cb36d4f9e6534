@NullMarked
package io.tollgate.routing.shaping;

import org.jspecify.annotations.NullMarked;
