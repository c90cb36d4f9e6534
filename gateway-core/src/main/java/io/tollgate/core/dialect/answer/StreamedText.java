package io.tollgate.core.dialect.answer;

import io.tollgate.core.exchange.End;
import io.tollgate.core.http.ResponseHead;
import io.tollgate.core.http.ResponseTap;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the text of a streamed answer, whatever its dialect, at whatever bytes the stream is split: what the model says
 * to its caller, not its reasoning and not the arguments of tools. An event whose text is longer than
 * {@value #MOST} bytes ends the reading: from then on nothing is told. On the exchange's loop.
 */
public final class StreamedText implements ResponseTap {
    /** UTF-8 bytes of one event's text that are held until the event has ended. */
    static final int MOST = 256 * 1024;

    /** What a dialect says of its events. */
    public enum Place {
        /** One event's JSON. */
        EVENT,
        /** One of an event's parts, which may be hidden. */
        PART,
        /** The text. */
        TEXT,
        /** A flag: the part's text is not meant for the caller. */
        HIDDEN,
        /** What kind of event it is: only those named {@code ….output_text.delta} have text. */
        KIND
    }

    /** Hears the text. */
    @FunctionalInterface
    public interface Sink {
        /** Further text in UTF-8, lent for the call. */
        void text(byte[] lent, int offset, int length);
    }

    private static final String TEXT_EVENT = ".output_text.delta";

    private final AnswerScanner<Place> scanner;

    /** Tells {@code sink} the text that stands where {@code layout} says. */
    public StreamedText(ScanLayout<Place> layout, Sink sink) {
        this.scanner = new AnswerScanner<>(layout, new Event(sink));
    }

    @Override
    public void head(ResponseHead head) {
        scanner.head(head);
    }

    @Override
    public void bytes(byte[] lent, int offset, int length) {
        scanner.bytes(lent, offset, length);
    }

    @Override
    public void end(End end) {
        scanner.end();
    }

    /** One event's text, held until it is known whether it is one for the caller. */
    private static final class Event implements ScanListener<Place> {
        private final Sink sink;
        private byte[] held = new byte[256];
        private int size;
        private int partFrom;
        private boolean hidden;
        private boolean lost;
        private @Nullable String kind;

        Event(Sink sink) {
            this.sink = sink;
        }

        @Override
        public void opened(Place place, boolean array) {
            if (place == Place.EVENT) {
                size = 0;
                kind = null;
            }
            if (!array) {
                partFrom = size;
                hidden = false;
            }
        }

        @Override
        public void piece(Place place, byte[] lent, int offset, int length) {
            if (lost || size + length > MOST) {
                lost = true;
                return;
            }
            if (size + length > held.length) {
                held = Arrays.copyOf(held, Math.min(MOST, 2 * (size + length)));
            }
            System.arraycopy(lent, offset, held, size, length);
            size += length;
        }

        @Override
        public void flag(Place place, boolean value) {
            hidden = value;
        }

        @Override
        public void string(Place place, String value) {
            kind = value;
        }

        @Override
        public void closed(Place place, boolean array) {
            if (place == Place.PART && !array && hidden) {
                size = partFrom;
            }
            if (place == Place.EVENT && !array && size > 0 && !lost && (kind == null || kind.endsWith(TEXT_EVENT))) {
                sink.text(held, 0, size);
            }
        }
    }
}
