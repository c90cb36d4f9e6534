package io.tollgate.routing.earlystop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonValueWatchTest {
    /** Bytes of the text after which the watch says it is over, told them in pieces of this size; -1 if never. */
    private static int overAfter(String text, int size) {
        byte[] bytes = ("  " + text).getBytes(StandardCharsets.UTF_8);
        JsonValueWatch watch = new JsonValueWatch();
        for (int at = 2; at < bytes.length; at += size) {
            int length = Math.min(size, bytes.length - at);
            if (watch.isOver(bytes, at, length)) {
                return at - 2 + length;
            }
        }
        return -1;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                " \n{\"a\": [1, {\"b\": \"}]\"}], \"c\": \"\\\"}\"}",
                "[{\"a\":\"\\\\\"},[[]]]",
                "```json\n{\"a\": \"```\"}\n```",
                "```\n[1]\n\n```",
                "{\"é\": \"日本\"}"
            })
    void is_over_at_the_last_byte_of_the_value_and_not_before(String value) {
        int end = value.getBytes(StandardCharsets.UTF_8).length;
        assertThat(overAfter(value + "\nI hope this {helps}!", 1)).isEqualTo(end);
        assertThat(overAfter(value, 3)).isBetween(end, end + 2);
        assertThat(overAfter(value.substring(0, value.length() - 1), 1)).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Here it is: {\"a\":1}",
                "\"text\" {}",
                "12 {}",
                "true []",
                "`{}`",
                "``` {} ```",
                "```json {\"a\":1}```",
                "```a-b\n{}\n```",
                "``\n{}"
            })
    void anything_but_one_value_is_left_alone(String text) {
        assertThat(overAfter(text, 1)).isEqualTo(-1);
    }
}
