/** Where calls can go: a provider's address, its credential and its time-outs. */
@NullMarked
package io.tollgate.core.provider;

import org.jspecify.annotations.NullMarked;
