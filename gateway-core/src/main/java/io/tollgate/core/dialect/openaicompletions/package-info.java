/** OpenAI's legacy text completions. */
@NullMarked
package io.tollgate.core.dialect.openaicompletions;

import org.jspecify.annotations.NullMarked;
