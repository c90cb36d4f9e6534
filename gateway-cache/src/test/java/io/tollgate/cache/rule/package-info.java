/** Which calls and answers the cache has to do with. */
@NullMarked
package io.tollgate.cache.rule;

import org.jspecify.annotations.NullMarked;
