package io.tollgate.core.dialect.answer;

import io.tollgate.core.http.ResponseHead;
import io.tollgate.core.sse.EventSink;
import io.tollgate.core.sse.SseFields;
import io.tollgate.core.sse.SseSplitter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Finds the JSON in an answer's body, in whatever {@link Form} it comes: server-sent events, or plain (one document, an
 * array of them, or one a line). Not thread-safe.
 *
 * @param <P> the dialect's words for places
 */
public final class AnswerScanner<P> {
    private final JsonScanner<P> reader;
    private final ScanListener<P> listener;
    private Form form = Form.UNDECIDED;
    private boolean declared;
    private @Nullable Events events;

    /** Tells {@code listener} what {@code layout} asks for. */
    public AnswerScanner(ScanLayout<P> layout, ScanListener<P> listener) {
        this.reader = new JsonScanner<>(layout, listener);
        this.listener = listener;
    }

    /** The answer's head. */
    public void head(ResponseHead head) {
        String type = head.headers().get("content-type");
        declared = type != null && type.toLowerCase(Locale.ROOT).startsWith("text/event-stream");
    }

    /** The next bytes. */
    public void bytes(byte[] lent, int offset, int length) {
        if (form == Form.UNDECIDED) {
            form = Form.of(lent, offset, length, declared);
            if (form == Form.EVENTS) {
                events = new Events();
                listener.streamed();
            }
        }
        if (events != null) {
            events.splitter.feed(lent, offset, length);
        } else if (form == Form.JSON) {
            reader.feed(lent, offset, length);
        }
    }

    /** The body is over: an event without its blank line counts too. */
    public void end() {
        if (events != null) {
            events.splitter.finish();
        }
    }

    private final class Events implements EventSink {
        private final SseSplitter splitter = new SseSplitter(this);
        private final SseFields fields = new SseFields();

        @Override
        public void event(byte[] lent, int offset, int length) {
            if (!fields.read(lent, offset, length)) {
                return;
            }
            if (fields.isData("[DONE]")) {
                listener.done();
                return;
            }
            reader.reset();
            reader.feed(fields.dataArray(), fields.dataOffset(), fields.dataLength());
        }
    }
}
