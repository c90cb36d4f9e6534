/** The admin API of a running gateway. */
@NullMarked
package io.tollgate.server.api;

import org.jspecify.annotations.NullMarked;
