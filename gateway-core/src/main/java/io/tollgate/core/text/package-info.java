/** Small text patterns used all over the house. */
@NullMarked
package io.tollgate.core.text;

import org.jspecify.annotations.NullMarked;
