package io.tollgate.core.dialect.replay.form;

import io.tollgate.core.sse.SseFields;
import io.tollgate.core.sse.SseSplitter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The documents a whole stream tells, one an event. */
public final class Events {
    private static final String DONE = "[DONE]";

    private final List<Value> documents = new ArrayList<>();

    private Events() {}

    /** The data of server-sent events; comments and {@code [DONE]} tell nothing. Behind {@code [DONE]} nothing may come. */
    public static List<Value> sse(byte[] stream) {
        Events events = new Events();
        SseFields fields = new SseFields();
        boolean[] done = {false};
        SseSplitter splitter = new SseSplitter((lent, offset, length) -> {
            if (!fields.read(lent, offset, length)) {
                return;
            }
            if (done[0]) {
                throw new UnconvertibleException("data behind " + DONE);
            }
            done[0] = fields.isData(DONE);
            if (!done[0]) {
                events.add(fields.dataArray(), fields.dataOffset(), fields.dataLength());
            }
        });
        splitter.feed(stream, 0, stream.length);
        splitter.finish();
        return events.documents;
    }

    /** The elements of a stream that is one JSON array. */
    public static List<Value> array(byte[] stream) {
        return Value.document(stream).elements();
    }

    private void add(byte[] lent, int offset, int length) {
        byte[] own = Arrays.copyOfRange(lent, offset, offset + length);
        documents.add(Value.document(own));
    }
}
