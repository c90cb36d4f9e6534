@NullMarked
package io.tollgate.core.learn;

import org.jspecify.annotations.NullMarked;
