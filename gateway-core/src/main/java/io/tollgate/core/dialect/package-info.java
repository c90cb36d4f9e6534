/** What Tollgate must know of a provider's language: where facts stand, how to edit, how usage is told, how to refuse. */
@NullMarked
package io.tollgate.core.dialect;

import org.jspecify.annotations.NullMarked;
