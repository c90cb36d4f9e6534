/** The tokenizer against an independent parser. */
@NullMarked
package io.tollgate.core.json;

import org.jspecify.annotations.NullMarked;
