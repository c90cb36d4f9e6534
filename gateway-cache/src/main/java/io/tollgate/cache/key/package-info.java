/** What makes two requests the same: the scope they are asked in, and a hash of their effective content in canonical form. */
@NullMarked
package io.tollgate.cache.key;

import org.jspecify.annotations.NullMarked;
