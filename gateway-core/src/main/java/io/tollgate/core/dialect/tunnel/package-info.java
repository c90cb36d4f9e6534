/** Calls no dialect knows, below a provider's prefix: relayed as they are, and metered where their answer tells a usage. */
@NullMarked
package io.tollgate.core.dialect.tunnel;

import org.jspecify.annotations.NullMarked;
