package io.tollgate.server.upstream;

import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Resolves names as the machine does (hosts file, search domains, the JDK's cache), on virtual threads: the JDK's
 * resolver blocks, and an event loop must not.
 */
final class OffLoopResolver extends AddressResolverGroup<InetSocketAddress> {
    @Override
    protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
        return new InetNameResolver(executor) {
            @Override
            protected void doResolve(String host, Promise<InetAddress> promise) {
                Thread.startVirtualThread(() -> {
                    try {
                        promise.trySuccess(InetAddress.getByName(host));
                    } catch (UnknownHostException e) {
                        promise.tryFailure(e);
                    }
                });
            }

            @Override
            protected void doResolveAll(String host, Promise<List<InetAddress>> promise) {
                Thread.startVirtualThread(() -> {
                    try {
                        promise.trySuccess(List.of(InetAddress.getAllByName(host)));
                    } catch (UnknownHostException e) {
                        promise.tryFailure(e);
                    }
                });
            }
        }.asAddressResolver();
    }
}
