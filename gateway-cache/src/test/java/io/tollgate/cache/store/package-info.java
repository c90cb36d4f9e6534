/** What every store must do. */
@NullMarked
package io.tollgate.cache.store;

import org.jspecify.annotations.NullMarked;
