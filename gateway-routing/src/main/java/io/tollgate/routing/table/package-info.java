/** Which provider and model a call goes to. */
@NullMarked
package io.tollgate.routing.table;

import org.jspecify.annotations.NullMarked;
