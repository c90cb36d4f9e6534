/** One upstream call for all who ask the same at the same time: what arrives is recorded, and everyone reads it at its own pace. */
@NullMarked
package io.tollgate.cache.flight;

import org.jspecify.annotations.NullMarked;
