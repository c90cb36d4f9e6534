/** What each family of models is billed for a prompt: its tokenizer, and what it adds per message, tool and image. */
@NullMarked
package io.tollgate.core.tokens.formula;

import org.jspecify.annotations.NullMarked;
