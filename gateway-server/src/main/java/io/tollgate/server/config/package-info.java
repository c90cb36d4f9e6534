/** The configuration: one immutable record per section, read and checked as a whole before anything runs by it. */
@NullMarked
package io.tollgate.server.config;

import org.jspecify.annotations.NullMarked;
