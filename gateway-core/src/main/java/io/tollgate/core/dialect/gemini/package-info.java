/** Google's Gemini API: models in the path, usage in every chunk, errors as Google's services write them. */
@NullMarked
package io.tollgate.core.dialect.gemini;

import org.jspecify.annotations.NullMarked;
