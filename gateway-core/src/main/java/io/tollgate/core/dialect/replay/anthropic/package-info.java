/** Anthropic's messages as a stream and as one document. */
@NullMarked
package io.tollgate.core.dialect.replay.anthropic;

import org.jspecify.annotations.NullMarked;
