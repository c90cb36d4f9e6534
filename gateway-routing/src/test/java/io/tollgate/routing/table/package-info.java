/** Tests of where calls go. */
@NullMarked
package io.tollgate.routing.table;

import org.jspecify.annotations.NullMarked;
