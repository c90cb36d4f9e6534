/** OpenAI's embeddings. */
@NullMarked
package io.tollgate.core.dialect.openaiembeddings;

import org.jspecify.annotations.NullMarked;
