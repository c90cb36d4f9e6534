/** The steps every exchange passes whatever is configured: its body is read, its usage is metered. */
@NullMarked
package io.tollgate.core.step;

import org.jspecify.annotations.NullMarked;
