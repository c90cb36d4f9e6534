/** Which requests share a key. */
@NullMarked
package io.tollgate.cache.key;

import org.jspecify.annotations.NullMarked;
