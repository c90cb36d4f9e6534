/** Tests of the goldens of OpenAI's family, and replays. */
@NullMarked
package io.tollgate.core.dialect.openai;

import org.jspecify.annotations.NullMarked;
