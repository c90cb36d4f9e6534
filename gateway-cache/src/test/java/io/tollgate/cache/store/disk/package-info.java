/** Damage, kills and full disks. */
@NullMarked
package io.tollgate.cache.store.disk;

import org.jspecify.annotations.NullMarked;
