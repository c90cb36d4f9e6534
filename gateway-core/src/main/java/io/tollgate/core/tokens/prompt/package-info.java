/** What a model will read of a request, whichever dialect it is written in: messages, calls, tools, media. */
@NullMarked
package io.tollgate.core.tokens.prompt;

import org.jspecify.annotations.NullMarked;
