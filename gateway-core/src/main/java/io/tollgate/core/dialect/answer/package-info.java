/** Finds the few wanted values in an answer's JSON as its bytes pass by, streamed or not, holding nothing else. */
@NullMarked
package io.tollgate.core.dialect.answer;

import org.jspecify.annotations.NullMarked;
