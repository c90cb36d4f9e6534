/** Token counts as one disjoint record, and what they cost in nano-dollars. */
@NullMarked
package io.tollgate.core.usage;

import org.jspecify.annotations.NullMarked;
