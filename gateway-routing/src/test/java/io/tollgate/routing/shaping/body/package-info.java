@NullMarked
package io.tollgate.routing.shaping.body;

import org.jspecify.annotations.NullMarked;
