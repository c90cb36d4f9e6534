/** Tests of the answer scanner. */
@NullMarked
package io.tollgate.core.dialect.scan;

import org.jspecify.annotations.NullMarked;
