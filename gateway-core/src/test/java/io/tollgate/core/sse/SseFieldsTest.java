package io.tollgate.core.sse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SseFieldsTest {
    private final SseFields fields = new SseFields();

    @Test
    void name_and_data_are_found_where_they_stand() {
        byte[] event = bytes("xevent: message_stop\ndata: {\"a\":1}\n\n");
        assertThat(fields.read(event, 1, event.length - 1)).isTrue();
        assertThat(fields.dataArray()).isSameAs(event);
        assertThat(data()).isEqualTo("{\"a\":1}");
        assertThat(fields.isEvent("message_stop")).isTrue();
        assertThat(fields.isEvent("message_stoq")).isFalse();
        assertThat(fields.event()).isEqualTo("message_stop");
    }

    @Test
    void the_space_after_the_colon_is_optional_and_only_one_is_left_out() {
        assertThat(read("data:a\n\n")).isEqualTo("a");
        assertThat(read("data:  a\n\n")).isEqualTo(" a");
        assertThat(read("data\n\n")).isEmpty();
        assertThat(read("data:\n\n")).isEmpty();
    }

    @Test
    void data_lines_are_joined_with_line_feeds() {
        assertThat(read("data: a\r\ndata: b\r\nevent: e\r\ndata:c\r\n\r\n")).isEqualTo("a\nb\nc");
        assertThat(fields.isEvent("e")).isTrue();
        assertThat(read("data: [DONE]\r\r")).isEqualTo("[DONE]");
        assertThat(fields.isData("[DONE]")).isTrue();
        assertThat(fields.isEvent("")).isTrue();
    }

    @Test
    void comments_other_fields_and_longer_names_are_no_data() {
        byte[] event = bytes(": data: x\nid: 1\nretry: 5\ndatax: y\n\n");
        assertThat(fields.read(event, 0, event.length)).isFalse();
        assertThat(fields.dataLength()).isZero();
    }

    @Test
    void a_byte_order_mark_is_skipped() {
        assertThat(read("\ufeffdata: a\n\n")).isEqualTo("a");
    }

    private String read(String event) {
        byte[] bytes = bytes(event);
        assertThat(fields.read(bytes, 0, bytes.length)).isTrue();
        return data();
    }

    private String data() {
        return new String(fields.dataArray(), fields.dataOffset(), fields.dataLength(), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
