/** Tests of streams that are ended early. */
@NullMarked
package io.tollgate.core.dialect.ending;

import org.jspecify.annotations.NullMarked;
