@NullMarked
package io.tollgate.core.tokens;

import org.jspecify.annotations.NullMarked;
