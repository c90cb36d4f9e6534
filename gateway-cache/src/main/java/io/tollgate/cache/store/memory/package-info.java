/** The first level: answers in memory, alone or before a lasting level. */
@NullMarked
package io.tollgate.cache.store.memory;

import org.jspecify.annotations.NullMarked;
