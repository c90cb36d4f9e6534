/** How hard a request is: one number in [0,1] with its reasons, for rules that send easy calls to cheaper models. */
@NullMarked
package io.tollgate.routing.complexity;

import org.jspecify.annotations.NullMarked;
