/** Rules of the simulated provider read from a YAML file. */
@NullMarked
package io.tollgate.server.fakeprovider.script;

import org.jspecify.annotations.NullMarked;
