@NullMarked
package io.tollgate.routing.shaping.trim;

import org.jspecify.annotations.NullMarked;
