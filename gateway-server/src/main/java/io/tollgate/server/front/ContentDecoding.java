package io.tollgate.server.front;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.compression.Brotli;
import io.netty.handler.codec.compression.BrotliDecoder;
import io.netty.handler.codec.compression.ZlibCodecFactory;
import io.netty.handler.codec.compression.ZlibWrapper;
import io.netty.handler.codec.compression.Zstd;
import io.netty.handler.codec.compression.ZstdDecoder;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Undoes a content-encoding (gzip, deflate, br, zstd) chunk by chunk. Each piece of decoded bytes is handed on before the
 * next one is inflated, and a sink that has enough stops the inflating within the chunk: a few bytes of a bomb are
 * gigabytes. One per message; confined to one loop.
 */
public final class ContentDecoding implements AutoCloseable {
    private static final int MAX_PIECE = 64 * 1024;
    /** 8 MiB, the largest window that RFC 9659 lets a sender of zstd use. */
    private static final int MAX_WINDOW_LOG = 23;

    private final EmbeddedChannel decoder;
    private final StoppableAllocator allocator = new StoppableAllocator();
    private Predicate<ByteBuf> sink = ContentDecoding::ignore;

    private ContentDecoding(ChannelHandler decoder) {
        this.decoder = new EmbeddedChannel();
        this.decoder.config().setAllocator(allocator);
        this.decoder.pipeline().addLast(decoder, new HandOn());
    }

    private static boolean ignore(ByteBuf piece) {
        return true;
    }

    /** A decoding for this header value, or null when it names none or one that is not known. */
    public static @Nullable ContentDecoding of(String contentEncoding) {
        ChannelHandler decoder = switch (contentEncoding.strip().toLowerCase(Locale.ROOT)) {
            case "gzip", "x-gzip" -> ZlibCodecFactory.newZlibDecoder(ZlibWrapper.GZIP, 0);
            case "deflate", "x-deflate" -> ZlibCodecFactory.newZlibDecoder(ZlibWrapper.ZLIB_OR_NONE, 0);
            case "br" -> Brotli.isAvailable() ? new BrotliDecoder(MAX_PIECE, MAX_PIECE) : null;
            case "zstd" -> Zstd.isAvailable() ? new ZstdDecoder(MAX_PIECE, MAX_WINDOW_LOG) : null;
            default -> null;
        };
        return decoder == null ? null : new ContentDecoding(decoder);
    }

    /** Whether a header value means that nothing has to be undone. */
    public static boolean isIdentity(@Nullable String contentEncoding) {
        return contentEncoding == null
                || contentEncoding.isBlank()
                || contentEncoding.strip().equalsIgnoreCase("identity");
    }

    /**
     * Decodes a chunk, without releasing it.
     *
     * @param taker takes each decoded piece, lent for the call; false stops, for good
     * @return false when the taker stopped
     * @throws RuntimeException when the bytes are not of this encoding
     */
    public boolean decode(ByteBuf chunk, Predicate<ByteBuf> taker) {
        return run(taker, () -> decoder.writeInbound(chunk.retainedDuplicate()));
    }

    /** Decodes what is left when no more bytes come. */
    public boolean finish(Predicate<ByteBuf> taker) {
        return run(taker, decoder::finish);
    }

    private boolean run(Predicate<ByteBuf> taker, Runnable work) {
        sink = taker;
        try {
            work.run();
            return !allocator.isStopped();
        } catch (RuntimeException e) {
            if (allocator.isStopped()) {
                return false;
            }
            throw e;
        } finally {
            sink = ContentDecoding::ignore;
        }
    }

    /** May be called twice, and after a decoding that failed. */
    @Override
    public void close() {
        allocator.stop();
        try {
            decoder.finishAndReleaseAll();
        } catch (RuntimeException e) {
            // what was left was no sound end of anything; nobody wants it
        }
    }

    /** Gives each piece to the sink the moment it is decoded. */
    private final class HandOn extends SimpleChannelInboundHandler<ByteBuf> {
        @Override
        protected void channelRead0(ChannelHandlerContext ctx, ByteBuf piece) {
            Predicate<ByteBuf> taker = sink;
            sink = ContentDecoding::ignore; // if it throws, it is asked no more
            if (!allocator.isStopped() && !taker.test(piece)) {
                allocator.stop();
            }
            sink = taker;
        }
    }
}
