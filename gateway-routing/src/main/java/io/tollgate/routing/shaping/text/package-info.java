/** Which parts of a long text matter for a question, and which are left out. */
@NullMarked
package io.tollgate.routing.shaping.text;

import org.jspecify.annotations.NullMarked;
