/** Typical calls in one process: what the ahead-of-time cache of classes and profiles is made of. */
@NullMarked
package io.tollgate.server.warmup;

import org.jspecify.annotations.NullMarked;
