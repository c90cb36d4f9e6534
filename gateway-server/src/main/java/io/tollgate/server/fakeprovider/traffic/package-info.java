/** What the simulated provider received and how each exchange ended. */
@NullMarked
package io.tollgate.server.fakeprovider.traffic;

import org.jspecify.annotations.NullMarked;
