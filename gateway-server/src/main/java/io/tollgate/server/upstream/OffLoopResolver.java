package io.tollgate.server.upstream;

import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import io.tollgate.core.provider.LinkLocal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Resolves names as the machine does (hosts file, search domains, the JDK's cache), on virtual threads: the JDK's
 * resolver blocks, and an event loop must not. What a name resolves to is looked at here, where it is about to be
 * connected to: a check of the configuration alone could be undone by whoever owns the name.
 */
final class OffLoopResolver extends AddressResolverGroup<InetSocketAddress> {
    /** Resolves one name, blocking. */
    @FunctionalInterface
    interface Names {
        /** All its addresses, the preferred one first. */
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    private final boolean allowLinkLocal;
    private final Names names;

    /** Refuses names of which {@link LinkLocal} addresses are all there is, unless they are allowed. */
    OffLoopResolver(boolean allowLinkLocal, Names names) {
        this.allowLinkLocal = allowLinkLocal;
        this.names = names;
    }

    @Override
    protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
        return new InetNameResolver(executor) {
            @Override
            protected void doResolve(String host, Promise<InetAddress> promise) {
                Thread.startVirtualThread(() -> {
                    try {
                        promise.trySuccess(allowed(host).getFirst());
                    } catch (UnknownHostException e) {
                        promise.tryFailure(e);
                    }
                });
            }

            @Override
            protected void doResolveAll(String host, Promise<List<InetAddress>> promise) {
                Thread.startVirtualThread(() -> {
                    try {
                        promise.trySuccess(allowed(host));
                    } catch (UnknownHostException e) {
                        promise.tryFailure(e);
                    }
                });
            }
        }.asAddressResolver();
    }

    private List<InetAddress> allowed(String host) throws UnknownHostException {
        InetAddress[] all = names.resolve(host);
        List<InetAddress> allowed = Stream.of(all)
                .filter(address -> allowLinkLocal || !LinkLocal.is(address))
                .toList();
        if (allowed.isEmpty()) {
            throw new UnknownHostException(host + " resolves to " + all[0].getHostAddress()
                    + ", where clouds keep machine credentials; refused without allow_link_local: true");
        }
        return allowed;
    }
}
