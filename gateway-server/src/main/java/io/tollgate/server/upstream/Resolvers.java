package io.tollgate.server.upstream;

import java.net.InetAddress;

/** The resolvers of names, one for each thing a provider may be allowed. Shared by all loops. */
final class Resolvers {
    private final OffLoopResolver usual;
    private final OffLoopResolver withLinkLocal;

    /** Over the JDK's own. */
    Resolvers() {
        this(InetAddress::getAllByName);
    }

    /** Over these names. */
    Resolvers(OffLoopResolver.Names names) {
        usual = new OffLoopResolver(false, names);
        withLinkLocal = new OffLoopResolver(true, names);
    }

    OffLoopResolver of(Origin origin) {
        return origin.allowLinkLocal() ? withLinkLocal : usual;
    }
}
