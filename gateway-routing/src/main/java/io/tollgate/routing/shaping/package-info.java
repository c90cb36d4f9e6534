/** Prompts made shorter where a policy says so. */
@NullMarked
package io.tollgate.routing.shaping;

import org.jspecify.annotations.NullMarked;
