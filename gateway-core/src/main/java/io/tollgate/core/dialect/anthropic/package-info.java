/** Anthropic's messages API: requests, usage with its cache and iteration rules, errors. */
@NullMarked
package io.tollgate.core.dialect.anthropic;

import org.jspecify.annotations.NullMarked;
