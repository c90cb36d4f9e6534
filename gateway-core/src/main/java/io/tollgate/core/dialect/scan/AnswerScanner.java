package io.tollgate.core.dialect.scan;

import io.tollgate.core.http.ResponseHead;
import io.tollgate.core.sse.EventSink;
import io.tollgate.core.sse.SseFields;
import io.tollgate.core.sse.SseSplitter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Finds the JSON in an answer's body, in whatever form it comes: server-sent events, or plain (one document, an array
 * of them, or one a line). The content type decides, or the first byte where it says neither. Not thread-safe.
 */
public final class AnswerScanner {
    private enum Form {
        UNKNOWN,
        EVENTS,
        PLAIN
    }

    private final JsonScanner reader;
    private final ScanListener listener;
    private final SseFields fields = new SseFields();
    private Form form = Form.UNKNOWN;
    private @Nullable SseSplitter splitter;

    /** Tells {@code listener} what {@code layout} asks for. */
    public AnswerScanner(ScanLayout layout, ScanListener listener) {
        this.reader = new JsonScanner(layout, listener);
        this.listener = listener;
    }

    /** The answer's head. */
    public void head(ResponseHead head) {
        String type = head.headers().get("content-type");
        if (type != null && type.toLowerCase(Locale.ROOT).startsWith("text/event-stream")) {
            form = Form.EVENTS;
        }
    }

    /** The next bytes. */
    public void bytes(byte[] lent, int offset, int length) {
        if (form == Form.UNKNOWN) {
            form = formOf(lent, offset, offset + length);
        }
        if (form == Form.PLAIN) {
            reader.feed(lent, offset, length);
        } else if (form == Form.EVENTS) {
            splitter().feed(lent, offset, length);
        }
    }

    /** The body is over: an event without its blank line counts too. */
    public void end() {
        if (splitter != null) {
            splitter.finish();
        }
    }

    private SseSplitter splitter() {
        if (splitter == null) {
            EventSink events = this::event;
            splitter = new SseSplitter(events);
        }
        return splitter;
    }

    private void event(byte[] lent, int offset, int length) {
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

    private static Form formOf(byte[] lent, int from, int end) {
        for (int at = from; at < end; at++) {
            byte b = lent[at];
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                return b == '{' || b == '[' ? Form.PLAIN : Form.EVENTS;
            }
        }
        return Form.UNKNOWN;
    }
}
