package io.tollgate.core.sse;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.core.dialect.JsonTree;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonArrayProgressTest {
    private static final String ARRAY = " [{\"a\":\"}]\\\"[\",\"b\":[{},[1]]}\r\n,\r\n{\"c\":2} , {\"d\":{}}\n]\n";

    @Test
    void wherever_an_array_breaks_off_another_element_makes_it_whole_or_is_not_taken() {
        int taken = 0;
        for (int cut = 0; cut < ARRAY.lastIndexOf(']'); cut++) {
            String passed = ARRAY.substring(0, cut);
            JsonArrayProgress progress = new JsonArrayProgress();
            Chunks.cutAt(cut / 2, passed.getBytes(StandardCharsets.UTF_8), progress::bytes);
            if (progress.takesAnother()) {
                taken++;
                String whole = passed
                        + new String(
                                progress.last("{\"last\":1}".getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
                assertThat(JsonTree.parse(whole)).as(whole).isInstanceOf(List.class);
                assertThat(whole).endsWith("{\"last\":1}]");
            } else {
                assertThat(passed).as("within an element").containsPattern("\\{[^\\n]*$");
            }
        }
        assertThat(taken).isEqualTo(14);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"error\":{}}", "[1", "[{}]", "[]", "[{}{", "x", "[,", "[{},,"})
    void what_has_ended_or_is_no_array_of_objects_takes_nothing(String passed) {
        JsonArrayProgress progress = new JsonArrayProgress();
        byte[] bytes = passed.getBytes(StandardCharsets.UTF_8);
        progress.bytes(bytes, 0, bytes.length);
        assertThat(progress.takesAnother()).isFalse();
    }
}
