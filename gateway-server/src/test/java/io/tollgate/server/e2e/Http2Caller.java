package io.tollgate.server.e2e;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A caller that speaks HTTP/2 from its first byte on, without TLS, and does to its streams as a test tells it. */
final class Http2Caller implements AutoCloseable {
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Channel connection;

    Http2Caller(int port) {
        connection = new Bootstrap()
                .group(loops)
                .channel(NioSocketChannel.class)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(
                                        Http2FrameCodecBuilder.forClient()
                                                .validateHeaders(false) // the other side must
                                                .build(),
                                        new Http2MultiplexHandler(new ChannelInboundHandlerAdapter()));
                    }
                })
                .connect("127.0.0.1", port)
                .syncUninterruptibly()
                .channel();
    }

    /** What came back on one stream. */
    static final class Stream extends ChannelInboundHandlerAdapter {
        private final StringBuilder text = new StringBuilder();
        private final CompletableFuture<Stream> ended = new CompletableFuture<>();
        private volatile @Nullable Http2Headers headers;
        private volatile @Nullable Http2StreamChannel channel;
        private volatile long resetCode = -1;

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            try {
                boolean last = false;
                if (message instanceof Http2HeadersFrame head) {
                    headers = headers == null ? head.headers() : headers;
                    last = head.isEndStream();
                } else if (message instanceof Http2DataFrame data) {
                    synchronized (text) {
                        text.append(data.content().toString(StandardCharsets.UTF_8));
                    }
                    last = data.isEndStream();
                }
                if (last) {
                    ended.complete(this);
                }
            } finally {
                ReferenceCountUtil.release(message);
            }
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof Http2ResetFrame reset) {
                resetCode = reset.errorCode();
                ended.complete(this);
            }
            ReferenceCountUtil.release(event);
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            ended.complete(this);
        }

        Stream await() throws Exception {
            return ended.get(20, TimeUnit.SECONDS);
        }

        String text() {
            synchronized (text) {
                return text.toString();
            }
        }

        int status() {
            Http2Headers known = headers;
            return known == null ? 0 : Integer.parseInt(known.status().toString());
        }

        @Nullable
        CharSequence header(String name) {
            Http2Headers known = headers;
            return known == null ? null : known.get(name);
        }

        /** The error code of a reset by the other side, or -1. */
        long resetCode() {
            return resetCode;
        }

        /** Breaks the stream off. */
        void cancel() {
            Http2StreamChannel open = channel;
            if (open != null) {
                open.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.CANCEL))
                        .awaitUninterruptibly();
            }
        }

        /** Sends more of the body. */
        void send(String more, boolean last) {
            Http2StreamChannel open = channel;
            if (open != null) {
                ByteBuf bytes = Unpooled.copiedBuffer(more, StandardCharsets.UTF_8);
                open.writeAndFlush(new DefaultHttp2DataFrame(bytes, last)).awaitUninterruptibly();
            }
        }
    }

    static Http2Headers post(String path) {
        return new DefaultHttp2Headers(false)
                .method("POST")
                .path(path)
                .scheme("http")
                .authority("gateway")
                .set("content-type", "application/json");
    }

    /** Begins a request; its body is still to come unless {@code last}. */
    Stream open(Http2Headers headers, boolean last) {
        Stream stream = new Stream();
        Http2StreamChannel channel = new Http2StreamChannelBootstrap(connection)
                .handler(stream)
                .open()
                .syncUninterruptibly()
                .getNow();
        stream.channel = channel;
        channel.writeAndFlush(new DefaultHttp2HeadersFrame(headers, last)).syncUninterruptibly();
        return stream;
    }

    /** A whole POST. */
    Stream post(String path, String body) {
        Stream stream = open(post(path), false);
        stream.send(body, true);
        return stream;
    }

    boolean isOpen() {
        return connection.isActive();
    }

    @Override
    public void close() {
        connection.close().syncUninterruptibly();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
