/** What the dialects of OpenAI's family share: errors, names of counts, edits of caps and of the usage option. */
@NullMarked
package io.tollgate.core.dialect.openai;

import org.jspecify.annotations.NullMarked;
