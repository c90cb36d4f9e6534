/** The second level: answers on disk, which survive a restart. */
@NullMarked
package io.tollgate.cache.store.disk;

import org.jspecify.annotations.NullMarked;
