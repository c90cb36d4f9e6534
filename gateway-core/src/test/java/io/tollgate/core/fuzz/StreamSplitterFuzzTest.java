package io.tollgate.core.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tollgate.core.sse.Chunks;
import io.tollgate.core.sse.EventFilter;
import io.tollgate.core.sse.EventGate.Verdict;
import io.tollgate.core.sse.EventSink;
import io.tollgate.core.sse.SseFields;
import io.tollgate.core.sse.StreamSplitter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/** However a stream arrives, its events are the same, and all pieces in order are the stream. */
class StreamSplitterFuzzTest {
    private static final List<String> TYPES = List.of("text/event-stream", "application/x-ndjson", "application/json");

    @FuzzTest
    void a_stream_is_cut_into_the_same_events_however_it_arrives(FuzzedDataProvider data) {
        long seed = data.consumeLong();
        byte[] stream = data.consumeRemainingAsBytes();
        for (String type : TYPES) {
            Pieces whole = new Pieces();
            StreamSplitter splitter = Objects.requireNonNull(StreamSplitter.forContentType(type, whole));
            splitter.feed(stream, 0, stream.length);
            splitter.finish();
            assertThat(whole.bytes.toByteArray()).as(type).isEqualTo(stream);

            Pieces pieces = new Pieces();
            StreamSplitter chunked = Objects.requireNonNull(StreamSplitter.forContentType(type, pieces));
            Chunks.random(new Random(seed), stream, chunked::feed);
            chunked.finish();
            assertThat(pieces.events).as(type).isEqualTo(whole.events);
            assertThat(pieces.bytes.toByteArray()).as(type).isEqualTo(stream);

            ByteArrayOutputStream passed = new ByteArrayOutputStream();
            EventFilter filter = new EventFilter(
                    (lent, offset, length) -> Verdict.PASS,
                    passed::write,
                    sink -> Objects.requireNonNull(StreamSplitter.forContentType(type, sink)));
            Chunks.random(new Random(~seed), stream, filter::feed);
            filter.finish();
            assertThat(passed.toByteArray()).as(type).isEqualTo(stream);
        }
    }

    private static final class Pieces implements EventSink {
        final List<String> events = new ArrayList<>();
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final SseFields fields = new SseFields();

        @Override
        public void event(byte[] lent, int offset, int length) {
            bytes.write(lent, offset, length);
            events.add(new String(lent, offset, length, StandardCharsets.ISO_8859_1));
            if (fields.read(lent, offset, length)) {
                events.add(fields.event() + "="
                        + new String(
                                fields.dataArray(),
                                fields.dataOffset(),
                                fields.dataLength(),
                                StandardCharsets.ISO_8859_1));
            }
        }

        @Override
        public void tail(byte[] lent, int offset, int length) {
            events.add("tail");
            event(lent, offset, length);
        }

        @Override
        public void separator(byte[] lent, int offset, int length) {
            bytes.write(lent, offset, length);
        }

        @Override
        public void oversized(byte[] lent, int offset, int length) {
            bytes.write(lent, offset, length);
        }
    }
}
