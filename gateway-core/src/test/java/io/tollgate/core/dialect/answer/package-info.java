/** Tests of reading answers. */
@NullMarked
package io.tollgate.core.dialect.answer;

import org.jspecify.annotations.NullMarked;
