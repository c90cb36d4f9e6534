/** Tests of OpenAI chat. */
@NullMarked
package io.tollgate.core.dialect.openaichat;

import org.jspecify.annotations.NullMarked;
