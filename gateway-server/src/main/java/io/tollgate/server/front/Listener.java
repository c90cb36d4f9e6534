package io.tollgate.server.front;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.tollgate.core.time.Ticker;
import io.tollgate.server.loop.Loops;
import java.io.IOException;
import java.net.InetSocketAddress;

/** One listening port: accepts callers and hands their requests to a {@link RequestHandler}. */
public final class Listener implements AutoCloseable {
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(32 * 1024, 128 * 1024);

    private final String host;
    private final Channel channel;
    private final FrontLoad load;
    private final boolean tls;

    private Listener(String host, Channel channel, FrontLoad load, boolean tls) {
        this.host = host;
        this.channel = channel;
        this.load = load;
        this.tls = tls;
    }

    /**
     * Listens.
     *
     * @param port 0 picks a free one
     * @throws IOException naming host and port when they cannot be bound
     */
    public static Listener open(
            String host, int port, FrontSettings settings, RequestHandler handler, Loops loops, Ticker ticker)
            throws IOException {
        FrontLoad load = new FrontLoad(settings);
        var bound = new ServerBootstrap()
                .group(loops.group())
                .channel(loops.transport().serverChannel())
                .option(ChannelOption.SO_BACKLOG, 4096)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .childHandler(new FrontInitializer(handler, load, loops, ticker))
                .bind(host, port)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException("cannot listen on " + host + ":" + port + ": "
                    + bound.cause().getMessage());
        }
        return new Listener(host, bound.channel(), load, settings.tls() != null);
    }

    /** The port listened on. */
    public int port() {
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    /** {@code http://HOST:PORT}, as people type it; the host as it was configured. */
    public String url() {
        return (tls ? "https://" : "http://") + (host.contains(":") ? "[" + host + "]" : host) + ":" + port();
    }

    /** How busy it is. */
    public FrontLoad load() {
        return load;
    }

    /** Stops accepting; connections that are open go on, and close after their next response. */
    public void drain() {
        load.drain();
        channel.close().awaitUninterruptibly();
    }

    @Override
    public void close() {
        channel.close().awaitUninterruptibly();
    }
}
