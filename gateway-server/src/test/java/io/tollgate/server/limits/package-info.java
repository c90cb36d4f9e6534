/** Rate and run limits over HTTP. */
@NullMarked
package io.tollgate.server.limits;

import org.jspecify.annotations.NullMarked;
