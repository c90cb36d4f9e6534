package io.tollgate.server.upstream;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.tollgate.core.time.Ticker;
import io.tollgate.server.loop.Transport;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The connections of one event loop to all providers. The connection used last is used next, so that the others can
 * grow old and be closed. Confined to its loop: an exchange and its connection never change threads.
 */
public final class ConnectionPool {
    /** Hears of one attempt to get a connection. */
    public interface Acquired {
        /** Here it is. */
        void connection(UpstreamConnection connection);

        /** The provider cannot be reached. */
        void failed(Throwable cause);
    }

    private static final int MAX_IDLE_PER_ORIGIN = 512;
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(55);

    private final EventLoop loop;
    private final Transport transport;
    private final UpstreamTls tls;
    private final Ticker ticker;
    private final Resolvers resolvers;
    private final UpstreamLoad load;
    private final Map<Origin, ArrayDeque<UpstreamConnection>> idle = new HashMap<>();
    private boolean sweeping;

    ConnectionPool(
            EventLoop loop,
            Transport transport,
            UpstreamTls tls,
            Resolvers resolvers,
            UpstreamLoad load,
            Ticker ticker) {
        this.loop = loop;
        this.transport = transport;
        this.tls = tls;
        this.resolvers = resolvers;
        this.load = load;
        this.ticker = ticker;
    }

    /** An idle connection at once, or a new one when it stands; TLS handshake included in {@code connectMillis}. */
    public void acquire(Origin origin, long connectMillis, boolean fresh, Acquired acquired) {
        ArrayDeque<UpstreamConnection> waiting = fresh ? null : idle.get(origin);
        while (waiting != null && !waiting.isEmpty()) {
            UpstreamConnection connection = waiting.pollLast();
            load.idle(-1);
            if (connection.isOpen()) {
                acquired.connection(connection);
                return;
            }
        }
        connect(origin, (int) Math.min(connectMillis, Integer.MAX_VALUE), acquired);
    }

    private void connect(Origin origin, int connectMillis, Acquired acquired) {
        ResponseDecoder decoder = new ResponseDecoder();
        ChannelFuture connecting = new Bootstrap()
                .group(loop)
                .channel(transport.clientChannel())
                .resolver(resolvers.of(origin))
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, connectMillis)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (origin.tls()) {
                            SslContext context = tls.context();
                            SslHandler handler = context.newHandler(channel.alloc(), origin.host(), origin.port());
                            handler.setHandshakeTimeoutMillis(connectMillis);
                            channel.pipeline().addLast(handler);
                        }
                        channel.pipeline()
                                .addLast(
                                        decoder, new UpstreamConnection(channel, decoder, ConnectionPool.this, origin));
                    }
                })
                .connect(origin.host(), origin.port());
        connecting.addListener(connected -> {
            if (!connected.isSuccess()) {
                acquired.failed(connected.cause());
                return;
            }
            load.open(1);
            connecting.channel().closeFuture().addListener(closed -> load.open(-1));
            SslHandler handler = connecting.channel().pipeline().get(SslHandler.class);
            if (handler == null) {
                acquired.connection(connecting.channel().pipeline().get(UpstreamConnection.class));
            } else {
                handler.handshakeFuture().addListener(shaken -> {
                    if (shaken.isSuccess()) {
                        acquired.connection(connecting.channel().pipeline().get(UpstreamConnection.class));
                    } else {
                        connecting.channel().close();
                        acquired.failed(shaken.cause());
                    }
                });
            }
        });
    }

    /** Takes a connection back that is ready for its next call. */
    public void release(UpstreamConnection connection) {
        ArrayDeque<UpstreamConnection> waiting = idle.computeIfAbsent(connection.origin(), o -> new ArrayDeque<>());
        if (waiting.size() >= MAX_IDLE_PER_ORIGIN) {
            connection.cancel();
            return;
        }
        connection.idleSince(ticker.nanos());
        waiting.addLast(connection);
        load.idle(1);
        if (!sweeping) {
            sweeping = true;
            sweepLater();
        }
    }

    long now() {
        return ticker.nanos();
    }

    void forget(UpstreamConnection connection) {
        ArrayDeque<UpstreamConnection> waiting = idle.get(connection.origin());
        if (waiting != null && waiting.remove(connection)) {
            load.idle(-1);
        }
    }

    private void sweepLater() {
        var unused = loop.schedule(this::sweep, 5, TimeUnit.SECONDS);
    }

    private void sweep() {
        long oldest = ticker.nanos() - IDLE_NANOS;
        for (ArrayDeque<UpstreamConnection> waiting : idle.values()) {
            while (!waiting.isEmpty() && waiting.peekFirst().idleSince() - oldest < 0) {
                load.idle(-1);
                waiting.pollFirst().cancel();
            }
        }
        idle.values().removeIf(ArrayDeque::isEmpty);
        if (idle.isEmpty()) {
            sweeping = false;
        } else {
            sweepLater();
        }
    }
}
