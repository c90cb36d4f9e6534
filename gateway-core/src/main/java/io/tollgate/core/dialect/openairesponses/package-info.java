/** OpenAI's Responses API. */
@NullMarked
package io.tollgate.core.dialect.openairesponses;

import org.jspecify.annotations.NullMarked;
