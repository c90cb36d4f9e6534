/** Reads the JSON of requests token by token, as fast as the bytes allow, without building anything. */
@NullMarked
package io.tollgate.core.json;

import org.jspecify.annotations.NullMarked;
