/** Kept answers given again: in which form, with which headers. */
@NullMarked
package io.tollgate.cache.replay;

import org.jspecify.annotations.NullMarked;
