/** The command line: what is typed after {@code ./tollgate}. */
@NullMarked
package io.tollgate.server.cli;

import org.jspecify.annotations.NullMarked;
