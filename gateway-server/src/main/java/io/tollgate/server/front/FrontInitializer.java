package io.tollgate.server.front;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.SslContext;
import io.tollgate.core.time.Ticker;
import io.tollgate.server.loop.LoopState;
import io.tollgate.server.loop.Loops;

/** Sets a caller's connection up: TLS with ALPN, or cleartext HTTP/1.1 and HTTP/2 by prior knowledge. */
final class FrontInitializer extends ChannelInitializer<Channel> {
    private static final int MAX_STREAMS = 256;

    private final RequestHandler handler;
    private final FrontLoad load;
    private final Loops loops;
    private final Ticker ticker;

    FrontInitializer(RequestHandler handler, FrontLoad load, Loops loops, Ticker ticker) {
        this.handler = handler;
        this.load = load;
        this.loops = loops;
        this.ticker = ticker;
    }

    @Override
    protected void initChannel(Channel channel) {
        boolean admitted = load.connected();
        channel.closeFuture().addListener(closed -> load.disconnected());
        if (!admitted) {
            channel.close();
            return;
        }
        SslContext tls = load.settings().tls();
        if (tls != null) {
            channel.pipeline().addLast(tls.newHandler(channel.alloc()), new ByAlpn());
        } else {
            channel.pipeline()
                    .addLast(new ProtocolSniffer(
                            state(channel),
                            load.settings().patience().idle(),
                            ctx -> http1(ctx.pipeline(), ctx.channel()),
                            ctx -> http2(ctx.pipeline(), ctx.channel())));
        }
    }

    private LoopState state(Channel channel) {
        return loops.state(channel.eventLoop());
    }

    private void http1(ChannelPipeline pipeline, Channel channel) {
        pipeline.addLast(new RequestDecoder(), new CallerConnection(handler, load, state(channel), ticker, false));
    }

    private void http2(ChannelPipeline pipeline, Channel channel) {
        Http2Idleness idleness =
                new Http2Idleness(state(channel), load.settings().patience().idle());
        pipeline.addLast(
                Http2FrameCodecBuilder.forServer()
                        .initialSettings(Http2Settings.defaultSettings()
                                .maxConcurrentStreams(MAX_STREAMS)
                                .maxHeaderListSize(RequestDecoder.MAX_HEADERS)
                                .initialWindowSize(1 << 20))
                        .build(),
                new Http2MultiplexHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel stream) {
                        idleness.streamBegins();
                        stream.pipeline()
                                .addLast(
                                        new Http2HeadGuard(),
                                        new Http2StreamFrameToHttpObjectCodec(true),
                                        new CallerConnection(handler, load, state(stream), ticker, true));
                    }
                }),
                idleness);
    }

    private final class ByAlpn extends ApplicationProtocolNegotiationHandler {
        ByAlpn() {
            super(ApplicationProtocolNames.HTTP_1_1);
        }

        @Override
        protected void configurePipeline(ChannelHandlerContext ctx, String protocol) {
            if (ApplicationProtocolNames.HTTP_2.equals(protocol)) {
                http2(ctx.pipeline(), ctx.channel());
            } else {
                http1(ctx.pipeline(), ctx.channel());
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close(); // a failed handshake
        }
    }
}
