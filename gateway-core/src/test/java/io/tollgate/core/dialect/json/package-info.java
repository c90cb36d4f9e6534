/** Tests of the one-pass request reader. */
@NullMarked
package io.tollgate.core.dialect.json;

import org.jspecify.annotations.NullMarked;
