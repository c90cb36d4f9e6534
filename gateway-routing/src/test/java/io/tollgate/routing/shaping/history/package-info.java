@NullMarked
package io.tollgate.routing.shaping.history;

import org.jspecify.annotations.NullMarked;
