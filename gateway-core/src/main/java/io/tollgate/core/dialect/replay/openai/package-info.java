/** OpenAI's chat completions, responses and legacy completions as a stream and as one document. */
@NullMarked
package io.tollgate.core.dialect.replay.openai;

import org.jspecify.annotations.NullMarked;
