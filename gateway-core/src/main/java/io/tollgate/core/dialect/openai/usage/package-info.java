/** How the hosts of OpenAI's family, and any provider behind a tunnel, tell what a call used. */
@NullMarked
package io.tollgate.core.dialect.openai.usage;

import org.jspecify.annotations.NullMarked;
