package io.tollgate.core.sse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class EventFilterTest {
    private static final EventGate BY_TEXT = (lent, offset, length) -> {
        String event = new String(lent, offset, length, StandardCharsets.UTF_8);
        return event.contains("drop")
                ? EventGate.Verdict.DROP
                : event.contains("end") ? EventGate.Verdict.END : EventGate.Verdict.PASS;
    };

    @Test
    void dropped_events_are_left_out_and_all_else_stays_byte_for_byte() {
        assertThat(filter("data: a\r\n\r\ndata: drop\r\n\r\n: c\n\ndata: b", SseSplitter::new))
                .isEqualTo("data: a\r\n\r\n: c\n\ndata: b");
    }

    @Test
    void nothing_follows_the_event_that_ends_the_stream() {
        assertThat(filter("data: a\n\ndata: end\n\ndata: b\n\n", SseSplitter::new))
                .isEqualTo("data: a\n\ndata: end\n\n");
    }

    @Test
    void an_array_stays_an_array_whichever_elements_are_dropped() {
        assertThat(filter("[1\n,\n2,3]\n", JsonArraySplitter::new)).isEqualTo("[1\n,\n2,3]\n");
        assertThat(filter("[\"drop\",2,3]", JsonArraySplitter::new)).isEqualTo("[2,3]");
        assertThat(filter("[1,\"drop\",3]", JsonArraySplitter::new)).isEqualTo("[1,3]");
        assertThat(filter("[1,2,\"drop\"]", JsonArraySplitter::new)).isEqualTo("[1,2]");
        assertThat(filter("[\"drop\",\"drop\"]", JsonArraySplitter::new)).isEqualTo("[]");
        assertThat(filter("[1,\"end\",3]", JsonArraySplitter::new)).isEqualTo("[1,\"end\"");
    }

    @Test
    void an_event_over_the_bound_passes_unjudged() {
        assertThat(filter("data: drop it\n\ndata: drop\n\ndata: a\n\n", sink -> new SseSplitter(sink, 13)))
                .isEqualTo("data: drop it\n\ndata: a\n\n");
    }

    @Test
    void a_chunk_that_passes_whole_is_written_as_that_chunk() {
        byte[] chunk = "data: a\n\ndata: b\n\n: c\n\n".getBytes(StandardCharsets.UTF_8);
        List<byte[]> arrays = new ArrayList<>();
        List<String> ranges = new ArrayList<>();
        ByteSink out = (lent, offset, length) -> {
            arrays.add(lent);
            ranges.add(offset + "+" + length);
        };
        new EventFilter(BY_TEXT, out, SseSplitter::new).feed(chunk, 0, chunk.length);
        assertThat(ranges).containsExactly("0+" + chunk.length);
        assertThat(arrays.getFirst()).isSameAs(chunk);
    }

    @Test
    void a_gate_that_passes_everything_changes_nothing_at_any_chunking() {
        List<Function<EventSink, StreamSplitter>> kinds =
                List.of(SseSplitter::new, NdjsonSplitter::new, JsonArraySplitter::new, s -> new SseSplitter(s, 9));
        String alphabet = "\n\n\r\rda: {}[],\"\\1";
        for (int seed = 0; seed < 10_000; seed++) {
            Random random = new Random(seed);
            byte[] bytes = new byte[random.nextInt(80)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) alphabet.charAt(random.nextInt(alphabet.length()));
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            EventFilter filter = new EventFilter(
                    (lent, offset, length) -> EventGate.Verdict.PASS,
                    out::write,
                    kinds.get(random.nextInt(kinds.size())));
            Chunks.random(random, bytes, filter::feed);
            filter.finish();
            assertThat(out.toByteArray()).as("seed %d", seed).isEqualTo(bytes);
        }
    }

    private static String filter(String stream, Function<EventSink, StreamSplitter> kind) {
        byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
        String first = "";
        for (int cut = 0; cut <= bytes.length; cut++) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            EventFilter filter = new EventFilter(BY_TEXT, out::write, kind);
            Chunks.cutAt(cut, bytes, filter::feed);
            filter.finish();
            if (cut == 0) {
                first = out.toString(StandardCharsets.UTF_8);
            }
            assertThat(out.toString(StandardCharsets.UTF_8))
                    .as("cut at %d", cut)
                    .isEqualTo(first);
        }
        return first;
    }
}
