/** Reads a prompt once: its words, its numbers and signs, where the task stands, and which verbs name it. */
@NullMarked
package io.tollgate.routing.complexity.text;

import org.jspecify.annotations.NullMarked;
