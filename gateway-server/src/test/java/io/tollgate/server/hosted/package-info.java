@NullMarked
package io.tollgate.server.hosted;

import org.jspecify.annotations.NullMarked;
