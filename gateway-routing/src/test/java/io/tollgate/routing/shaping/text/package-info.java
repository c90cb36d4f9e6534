/** How texts are cut into sentences, and which of them matter for a question. */
@NullMarked
package io.tollgate.routing.shaping.text;

import org.jspecify.annotations.NullMarked;
