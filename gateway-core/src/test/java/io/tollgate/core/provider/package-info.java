/** Tests of what is known of providers. */
@NullMarked
package io.tollgate.core.provider;

import org.jspecify.annotations.NullMarked;
