/** Answers as Anthropic sends them. */
@NullMarked
package io.tollgate.server.fakeprovider.anthropic;

import org.jspecify.annotations.NullMarked;
