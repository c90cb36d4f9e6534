/** Memory, alone and before a disk. */
@NullMarked
package io.tollgate.cache.store.memory;

import org.jspecify.annotations.NullMarked;
