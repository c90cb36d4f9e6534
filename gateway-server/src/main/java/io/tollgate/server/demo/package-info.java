/** The demo: a gateway in front of a simulated provider, and a little traffic of a made-up company. */
@NullMarked
package io.tollgate.server.demo;

import org.jspecify.annotations.NullMarked;
