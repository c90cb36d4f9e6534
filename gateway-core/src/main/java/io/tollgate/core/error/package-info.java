/** Every way Tollgate can refuse or fail a call, in one table. */
@NullMarked
package io.tollgate.core.error;

import org.jspecify.annotations.NullMarked;
