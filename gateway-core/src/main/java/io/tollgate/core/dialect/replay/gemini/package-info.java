/** Gemini's generated content as a stream and as one document. */
@NullMarked
package io.tollgate.core.dialect.replay.gemini;

import org.jspecify.annotations.NullMarked;
