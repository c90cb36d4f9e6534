/** Tests of alerts through a whole gateway. */
@NullMarked
package io.tollgate.server.alerts;

import org.jspecify.annotations.NullMarked;
