/** Answers as Google's Gemini API sends them. */
@NullMarked
package io.tollgate.server.fakeprovider.gemini;

import org.jspecify.annotations.NullMarked;
