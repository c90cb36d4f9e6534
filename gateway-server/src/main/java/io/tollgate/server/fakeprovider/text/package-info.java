/** Deterministic text, its tokens, and the memory of prompts seen before. */
@NullMarked
package io.tollgate.server.fakeprovider.text;

import org.jspecify.annotations.NullMarked;
