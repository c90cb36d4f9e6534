package io.tollgate.server.loop;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;

/** The machine's best way to wait for sockets: native epoll, or NIO where it is missing. */
public enum Transport {
    /** Linux's epoll through JNI. */
    EPOLL(EpollServerSocketChannel.class, EpollSocketChannel.class) {
        @Override
        IoHandlerFactory ioHandler() {
            return EpollIoHandler.newFactory();
        }
    },
    /** The JDK's selector, everywhere. */
    NIO(NioServerSocketChannel.class, NioSocketChannel.class) {
        @Override
        IoHandlerFactory ioHandler() {
            return NioIoHandler.newFactory();
        }
    };

    private final Class<? extends ServerChannel> serverChannel;
    private final Class<? extends Channel> clientChannel;

    Transport(Class<? extends ServerChannel> serverChannel, Class<? extends Channel> clientChannel) {
        this.serverChannel = serverChannel;
        this.clientChannel = clientChannel;
    }

    /** What this machine offers; {@code -Dtollgate.transport=nio} asks for the fallback. */
    public static Transport best() {
        return Epoll.isAvailable() && !"nio".equals(System.getProperty("tollgate.transport")) ? EPOLL : NIO;
    }

    abstract IoHandlerFactory ioHandler();

    /** A group of {@code threads} event loops. */
    public EventLoopGroup group(String name, int threads) {
        return new MultiThreadIoEventLoopGroup(threads, new DefaultThreadFactory(name), ioHandler());
    }

    /** The class of listening channels. */
    public Class<? extends ServerChannel> serverChannel() {
        return serverChannel;
    }

    /** The class of connecting channels. */
    public Class<? extends Channel> clientChannel() {
        return clientChannel;
    }
}
