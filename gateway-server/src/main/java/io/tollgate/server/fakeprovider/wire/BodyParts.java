package io.tollgate.server.fakeprovider.wire;

import io.tollgate.server.fakeprovider.answer.Answer;
import io.tollgate.server.fakeprovider.behaviour.Behaviour;
import io.tollgate.server.fakeprovider.behaviour.Cut;
import io.tollgate.server.fakeprovider.behaviour.Manner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPOutputStream;

/** The parts of a body as they go out: repeated, commented, cut, with other line ends, compressed. */
final class BodyParts {
    private static final byte[] COMMENT = ": keep-alive\n\n".getBytes(StandardCharsets.US_ASCII);

    private BodyParts() {}

    static Iterator<byte[]> of(Answer answer, Behaviour behaviour) {
        Set<Manner> manners = behaviour.manners();
        Stream<byte[]> parts = StreamSupport.stream(answer.parts().spliterator(), false);
        if (manners.contains(Manner.ENDLESS_BODY)) {
            List<byte[]> some = answer.parts().toList();
            byte[] middle = some.get(some.size() / 2);
            parts = Stream.concat(some.stream().limit(Math.ceilDiv(some.size(), 2)), Stream.generate(() -> middle));
        }
        int every = behaviour.damage().commentEvery();
        if (answer.streams() && every > 0) {
            int[] index = {0};
            parts = parts.flatMap(part -> index[0]++ % every == 0 ? Stream.of(COMMENT, part) : Stream.of(part));
        }
        Cut cut = behaviour.damage().cut();
        if (cut != null) {
            parts = parts.limit(cut.events());
            byte[] error = answer.errorEvent();
            if (cut.kind() == Cut.Kind.ERROR_EVENT && error != null) {
                parts = Stream.concat(parts, Stream.of(error));
            }
        }
        if (answer.streams() && manners.contains(Manner.CRLF)) {
            parts = parts.map(BodyParts::withCrlf);
        }
        return manners.contains(Manner.GZIP) ? new Compressed(parts.iterator()) : parts.iterator();
    }

    /** All parts in one, for a body whose length is told. */
    static byte[] joined(Iterator<byte[]> parts) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        parts.forEachRemaining(whole::writeBytes);
        return whole.toByteArray();
    }

    private static byte[] withCrlf(byte[] event) {
        String text = new String(event, StandardCharsets.ISO_8859_1);
        return text.replace("\r\n", "\n").replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Each part compressed and flushed; the trailer comes as one part more. */
    private static final class Compressed implements Iterator<byte[]> {
        private final Iterator<byte[]> parts;
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private final GZIPOutputStream gzip;
        private boolean closed;

        private Compressed(Iterator<byte[]> parts) {
            this.parts = parts;
            try {
                gzip = new GZIPOutputStream(out, true);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public boolean hasNext() {
            return !closed;
        }

        @Override
        public byte[] next() {
            try {
                if (parts.hasNext()) {
                    gzip.write(parts.next());
                    gzip.flush();
                } else {
                    gzip.close();
                    closed = true;
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            byte[] compressed = out.toByteArray();
            out.reset();
            return compressed;
        }
    }
}
