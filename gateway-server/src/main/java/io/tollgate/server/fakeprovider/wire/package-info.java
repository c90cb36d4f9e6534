/** HTTP/1.1 by hand on Netty, so that every kind of broken answer can be sent. */
@NullMarked
package io.tollgate.server.fakeprovider.wire;

import org.jspecify.annotations.NullMarked;
