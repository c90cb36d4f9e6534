/** Tests of finding what a path calls. */
@NullMarked
package io.tollgate.core.dialect.endpoint;

import org.jspecify.annotations.NullMarked;
