/** Reads price files: the built-in catalogue and the users' own. */
@NullMarked
package io.tollgate.server.config.prices;

import org.jspecify.annotations.NullMarked;
