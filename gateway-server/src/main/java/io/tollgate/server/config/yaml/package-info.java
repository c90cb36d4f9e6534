/** Reads YAML into plain values and reports every problem at once, each with its place, its value and what was expected. */
@NullMarked
package io.tollgate.server.config.yaml;

import org.jspecify.annotations.NullMarked;
