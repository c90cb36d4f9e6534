/** From a request's path to what is called: provider, dialect, operation, and the model where the path names it. */
@NullMarked
package io.tollgate.core.dialect.endpoint;

import org.jspecify.annotations.NullMarked;
