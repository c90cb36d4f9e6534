/** Where callers arrive: listeners, protocols, requests collected whole, replies written back-pressured. */
@NullMarked
package io.tollgate.server.front;

import org.jspecify.annotations.NullMarked;
