/** Tests of OpenAI responses. */
@NullMarked
package io.tollgate.core.dialect.openairesponses;

import org.jspecify.annotations.NullMarked;
