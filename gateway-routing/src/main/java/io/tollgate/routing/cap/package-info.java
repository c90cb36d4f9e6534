/** How long an answer may become: by the caller, by policy, by what such answers were before, by what can be paid. */
@NullMarked
package io.tollgate.routing.cap;

import org.jspecify.annotations.NullMarked;
