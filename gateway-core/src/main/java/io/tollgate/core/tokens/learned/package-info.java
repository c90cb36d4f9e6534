/** What calls use, guessed from the size of a request and corrected by what providers report. */
@NullMarked
package io.tollgate.core.tokens.learned;

import org.jspecify.annotations.NullMarked;
