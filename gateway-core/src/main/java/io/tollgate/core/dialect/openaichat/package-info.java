/** OpenAI's chat completions, as OpenAI and its many compatible hosts speak it. */
@NullMarked
package io.tollgate.core.dialect.openaichat;

import org.jspecify.annotations.NullMarked;
