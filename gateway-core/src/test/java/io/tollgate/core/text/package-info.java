/** Tests of text. */
@NullMarked
package io.tollgate.core.text;

import org.jspecify.annotations.NullMarked;
