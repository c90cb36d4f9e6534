/** What one event loop owns: its scratch memory, its deadlines, its connections. */
@NullMarked
package io.tollgate.server.loop;

import org.jspecify.annotations.NullMarked;
