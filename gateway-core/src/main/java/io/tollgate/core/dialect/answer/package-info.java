/** Reads what an answer says of itself as its bytes pass by: one walk over places in its JSON, streamed or not. */
@NullMarked
package io.tollgate.core.dialect.answer;

import org.jspecify.annotations.NullMarked;
