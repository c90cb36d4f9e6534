/** How many tokens a request will be billed, before it is sent: exact-ish from its text, and by a learned ratio from its size. */
@NullMarked
package io.tollgate.core.tokens;

import org.jspecify.annotations.NullMarked;
