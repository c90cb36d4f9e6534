/** The admin port: health, metrics, and the JSON API. */
@NullMarked
package io.tollgate.server.admin;

import org.jspecify.annotations.NullMarked;
