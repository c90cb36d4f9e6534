package io.tollgate.core.sse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class StreamSplitterTest {
    @Test
    void events_end_in_blank_lines_of_any_line_end() {
        assertThat(sse("data: a\n\ndata: b\r\n\r\ndata: c\r\r"))
                .containsExactly("event:data: a\n\n", "event:data: b\r\n\r\n", "event:data: c\r\r");
    }

    @Test
    void comments_and_lone_blank_lines_are_handed_out_too() {
        assertThat(sse(": keep-alive\n\n\nevent: x\ndata: 1\n\n"))
                .containsExactly("event:: keep-alive\n\n", "event:\n", "event:event: x\ndata: 1\n\n");
    }

    @Test
    void a_byte_order_mark_belongs_to_the_first_event() {
        assertThat(sse("\u00ef\u00bb\u00bfdata: a\n\n")).containsExactly("event:\u00ef\u00bb\u00bfdata: a\n\n");
    }

    @Test
    void what_has_no_blank_line_at_the_end_is_the_tail() {
        assertThat(sse("data: a\n\ndata: b\n")).containsExactly("event:data: a\n\n", "tail:data: b\n");
    }

    @Test
    void an_event_is_handed_out_with_the_byte_that_ends_it() {
        Recording seen = new Recording();
        SseSplitter splitter = new SseSplitter(seen);
        byte[] bytes = "data: a\r\n\r\ndata: b\r\r".getBytes(StandardCharsets.ISO_8859_1);
        splitter.feed(bytes, 0, 11);
        assertThat(seen.pieces).containsExactly("event:data: a\r\n\r\n");
        splitter.feed(bytes, 11, bytes.length - 11);
        assertThat(seen.pieces).hasSize(2);
    }

    @Test
    void a_blank_line_cut_between_cr_and_lf_stays_one_end() {
        Recording seen = new Recording();
        SseSplitter splitter = new SseSplitter(seen);
        splitter.feed("data: a\r\n\r".getBytes(StandardCharsets.ISO_8859_1), 0, 10);
        splitter.feed("\ndata: b\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1), 0, 12);
        assertThat(seen.pieces).containsExactly("event:data: a\r\n\r\n", "event:data: b\r\n\r\n");
    }

    @Test
    void events_inside_a_chunk_are_not_copied() {
        byte[] chunk = "xxdata: a\n\ndata: b\n\n".getBytes(StandardCharsets.ISO_8859_1);
        int[] offsets = new int[2];
        int[] count = {0};
        new SseSplitter((lent, offset, length) -> {
                    assertThat(lent).isSameAs(chunk);
                    offsets[count[0]++] = offset;
                })
                .feed(chunk, 2, chunk.length - 2);
        assertThat(offsets).containsExactly(2, 11);
    }

    @Test
    void an_event_over_the_bound_comes_in_pieces_and_the_next_one_whole() {
        String large = "data: " + "x".repeat(50) + "\n\n";
        for (int cut = 0; cut < large.length(); cut++) {
            Recording seen = new Recording();
            SseSplitter splitter = new SseSplitter(seen, 40);
            byte[] bytes = ("data: a\n\n" + large + "data: b\n\n").getBytes(StandardCharsets.ISO_8859_1);
            Chunks.cutAt(cut, bytes, splitter::feed);
            assertThat(seen.pieces).containsExactly("event:data: a\n\n", "oversized:" + large, "event:data: b\n\n");
        }
    }

    @Test
    void an_event_of_exactly_the_bound_is_whole() {
        Recording seen = new Recording();
        SseSplitter splitter = new SseSplitter(seen, 9);
        Chunks.cutAt(4, "data: a\n\ndata: bb\n\n".getBytes(StandardCharsets.ISO_8859_1), splitter::feed);
        assertThat(seen.pieces).containsExactly("event:data: a\n\n", "oversized:data: bb\n\n");
    }

    @Test
    void an_array_is_cut_into_its_elements_and_what_is_between() {
        assertThat(pieces(
                        "[{\"a\":\"}]\\\"{\"}\r\n,\r\n{\"b\":[1,{}]} , 12,\"s,\\\\\",[3] ]\n", JsonArraySplitter::new))
                .containsExactly(
                        "separator:[",
                        "event:{\"a\":\"}]\\\"{\"}",
                        "separator:\r\n,\r\n",
                        "event:{\"b\":[1,{}]}",
                        "separator: , ",
                        "event:12",
                        "separator:,",
                        "event:\"s,\\\\\"",
                        "separator:,",
                        "event:[3]",
                        "separator: ]\n");
    }

    @Test
    void an_object_that_is_no_array_is_one_element() {
        assertThat(pieces("{\"error\":{}}", JsonArraySplitter::new)).containsExactly("event:{\"error\":{}}");
    }

    @Test
    void an_array_broken_off_leaves_its_last_element_as_the_tail() {
        assertThat(pieces("[{\"a\":1},{\"b\":", JsonArraySplitter::new))
                .containsExactly("separator:[", "event:{\"a\":1}", "separator:,", "tail:{\"b\":");
    }

    @Test
    void lines_are_cut_at_line_feeds() {
        assertThat(pieces("{\"a\":1}\r\n\n{\"b\":2}", NdjsonSplitter::new))
                .containsExactly("event:{\"a\":1}\r\n", "event:\n", "tail:{\"b\":2}");
    }

    @Test
    void any_chunking_of_any_stream_gives_the_same_pieces_and_loses_nothing() {
        List<Function<EventSink, StreamSplitter>> kinds = List.of(
                SseSplitter::new,
                NdjsonSplitter::new,
                JsonArraySplitter::new,
                sink -> new SseSplitter(sink, 7),
                sink -> new NdjsonSplitter(sink, 3),
                sink -> new JsonArraySplitter(sink, 5));
        String alphabet = "\n\n\n\r\r\rda:: {}[],,\"\\1\u00ef\u00bb\u00bf";
        for (int seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            byte[] bytes = new byte[random.nextInt(60)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) alphabet.charAt(random.nextInt(alphabet.length()));
            }
            Function<EventSink, StreamSplitter> kind = kinds.get(random.nextInt(kinds.size()));
            Recording whole = new Recording();
            StreamSplitter reference = kind.apply(whole);
            reference.feed(bytes, 0, bytes.length);
            reference.finish();
            Recording split = new Recording();
            StreamSplitter splitter = kind.apply(split);
            Chunks.random(random, bytes, splitter::feed);
            splitter.finish();
            assertThat(split.pieces).as("seed %d", seed).isEqualTo(whole.pieces);
            assertThat(split.all()).as("seed %d", seed).isEqualTo(new String(bytes, StandardCharsets.ISO_8859_1));
        }
    }

    @Test
    void the_content_type_names_the_splitter() {
        assertThat(StreamSplitter.forContentType("Text/Event-Stream; charset=utf-8", new Recording()))
                .isInstanceOf(SseSplitter.class);
        assertThat(StreamSplitter.forContentType("application/json", new Recording()))
                .isInstanceOf(JsonArraySplitter.class);
        assertThat(StreamSplitter.forContentType("application/x-ndjson", new Recording()))
                .isInstanceOf(NdjsonSplitter.class);
        assertThat(StreamSplitter.forContentType("image/png", new Recording())).isNull();
        assertThat(StreamSplitter.forContentType(null, new Recording())).isNull();
    }

    @Test
    void a_senseless_bound_is_refused() {
        assertThatThrownBy(() -> new SseSplitter(new Recording(), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("maxEvent 0");
    }

    private static List<String> sse(String stream) {
        return pieces(stream, SseSplitter::new);
    }

    private static List<String> pieces(String stream, Function<EventSink, StreamSplitter> kind) {
        byte[] bytes = stream.getBytes(StandardCharsets.ISO_8859_1);
        Recording first = new Recording();
        for (int cut = 0; cut <= bytes.length; cut++) {
            Recording seen = new Recording();
            StreamSplitter splitter = kind.apply(seen);
            Chunks.cutAt(cut, bytes, splitter::feed);
            splitter.finish();
            assertThat(seen.all()).as("cut at %d", cut).isEqualTo(stream);
            if (cut == 0) {
                first = seen;
            }
            assertThat(seen.pieces).as("cut at %d", cut).isEqualTo(first.pieces);
        }
        return first.pieces;
    }
}
