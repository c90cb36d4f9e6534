/** Quantiles of what was seen lately, in bounded memory: general, for whoever wants to learn from traffic. */
@NullMarked
package io.tollgate.core.learn;

import org.jspecify.annotations.NullMarked;
