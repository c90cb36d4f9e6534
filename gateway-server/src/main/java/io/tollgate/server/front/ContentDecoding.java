package io.tollgate.server.front;

import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.compression.BrotliDecoder;
import io.netty.handler.codec.compression.ZlibCodecFactory;
import io.netty.handler.codec.compression.ZlibWrapper;
import io.netty.handler.codec.compression.ZstdDecoder;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Undoes a content-encoding (gzip, deflate, br, zstd) chunk by chunk. Each piece of decoded bytes is handed on before
 * the next one is inflated, so a decompression bomb is noticed by whoever counts, not by the memory. One per message;
 * confined to one loop.
 */
public final class ContentDecoding implements AutoCloseable {
    private static final int MAX_PIECE = 64 * 1024;

    private final EmbeddedChannel decoder;

    private ContentDecoding(EmbeddedChannel decoder) {
        this.decoder = decoder;
    }

    /** A decoding for this header value, or null when it names none or one that is not known. */
    public static @Nullable ContentDecoding of(String contentEncoding) {
        EmbeddedChannel decoder = switch (contentEncoding.strip().toLowerCase(Locale.ROOT)) {
            case "gzip", "x-gzip" -> new EmbeddedChannel(ZlibCodecFactory.newZlibDecoder(ZlibWrapper.GZIP, MAX_PIECE));
            case "deflate", "x-deflate" ->
                new EmbeddedChannel(ZlibCodecFactory.newZlibDecoder(ZlibWrapper.ZLIB_OR_NONE, MAX_PIECE));
            case "br" -> new EmbeddedChannel(new BrotliDecoder(MAX_PIECE));
            case "zstd" -> new EmbeddedChannel(new ZstdDecoder(MAX_PIECE));
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
     * @param sink takes each decoded piece, lent for the call; false stops
     * @return false when the sink stopped
     * @throws RuntimeException when the bytes are not of this encoding
     */
    public boolean decode(ByteBuf chunk, Predicate<ByteBuf> sink) {
        decoder.writeInbound(chunk.retainedDuplicate());
        return drain(sink);
    }

    /** Decodes what is left when no more bytes come. */
    public boolean finish(Predicate<ByteBuf> sink) {
        decoder.finish();
        return drain(sink);
    }

    private boolean drain(Predicate<ByteBuf> sink) {
        boolean wanted = true;
        for (Object piece = decoder.readInbound(); piece != null; piece = decoder.readInbound()) {
            ByteBuf bytes = (ByteBuf) piece;
            try {
                wanted = wanted && sink.test(bytes);
            } finally {
                bytes.release();
            }
        }
        return wanted;
    }

    @Override
    public void close() {
        decoder.finishAndReleaseAll();
    }
}
