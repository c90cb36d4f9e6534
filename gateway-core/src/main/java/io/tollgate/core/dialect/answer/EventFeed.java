package io.tollgate.core.dialect.answer;

import io.tollgate.core.dialect.json.JsonSource;
import io.tollgate.core.sse.EventSink;
import io.tollgate.core.sse.SseFields;
import io.tollgate.core.sse.SseSplitter;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;

/** Walks the data of each server-sent event. An event whose data is not JSON is passed over. */
final class EventFeed implements EventSink {
    private final AnswerWalker walker;
    private final SseSplitter splitter = new SseSplitter(this);
    private final SseFields fields = new SseFields();
    private boolean done;

    EventFeed(AnswerWalker walker) {
        this.walker = walker;
    }

    void feed(byte[] lent, int offset, int length) {
        splitter.feed(lent, offset, length);
    }

    void end() {
        splitter.finish();
    }

    /** Whether the last event of OpenAI's streams has come. */
    boolean done() {
        return done;
    }

    @Override
    public void event(byte[] lent, int offset, int length) {
        if (!fields.read(lent, offset, length)) {
            return;
        }
        if (fields.isData("[DONE]")) {
            done = true;
            return;
        }
        walker.reset();
        try (JsonParser parser = JsonSource.open(fields.dataArray(), fields.dataOffset(), fields.dataLength())) {
            walker.walk(parser);
        } catch (JacksonException e) {
            walker.reset(); // what the broken event told until then stands
        }
    }
}
