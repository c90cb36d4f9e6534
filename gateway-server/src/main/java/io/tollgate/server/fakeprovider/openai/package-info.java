/** Answers as OpenAI and Azure OpenAI send them. */
@NullMarked
package io.tollgate.server.fakeprovider.openai;

import org.jspecify.annotations.NullMarked;
