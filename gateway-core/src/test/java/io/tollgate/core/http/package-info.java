/** Tests of heads, bodies and splices. */
@NullMarked
package io.tollgate.core.http;

import org.jspecify.annotations.NullMarked;
