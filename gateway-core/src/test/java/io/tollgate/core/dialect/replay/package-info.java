/** Tests of the conversions between plain and streamed answers. */
@NullMarked
package io.tollgate.core.dialect.replay;

import org.jspecify.annotations.NullMarked;
