/** Whether models of one's own, on machines paid by the hour, are worth it. */
@NullMarked
package io.tollgate.server.hosted;

import org.jspecify.annotations.NullMarked;
