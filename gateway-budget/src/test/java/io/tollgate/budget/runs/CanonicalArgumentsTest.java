package io.tollgate.budget.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.core.http.RequestBody;
import io.tollgate.core.http.Span;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalArgumentsTest {
    private static long fingerprint(String json) {
        byte[] bytes = ("[" + json + "]").getBytes(StandardCharsets.UTF_8);
        return CanonicalArguments.fingerprint(RequestBody.of(bytes), new Span(1, bytes.length - 1));
    }

    private static String quoted(String json) {
        return '"' + json.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":1,\"b\":[2,{\"c\":3,\"d\":4}]} | {\"b\" : [ 2.0, {\"d\":4e0,\"c\":0.3e1} ],\"a\":1.00}",
                "{\"q\":\"caf\\u00e9 \\/\"} | {\"q\":\"café /\"}",
                "{\"n\":0} | {\"n\":-0.0}",
                "{\"n\":1000} | {\"n\":1E3}",
                "{\"n\":12345678901234567890123} | {\"n\":12345678901234567890123.0}",
                "{} | null",
                "{} | { }"
            })
    void the_same_value_written_differently_is_the_same(String one, String other) {
        assertThat(fingerprint(one)).isEqualTo(fingerprint(other));
        assertThat(fingerprint(quoted(one))).isEqualTo(fingerprint(other));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":1} | {\"a\":2}",
                "{\"a\":1} | {\"a\":\"1\"}",
                "{\"a\":1} | {\"a\":10}",
                "{\"a\":1} | {\"b\":1}",
                "{\"a\":\"b\"} | {\"b\":\"a\"}",
                "[1,2] | [2,1]",
                "[1,2] | [[1,2]]",
                "{\"a\":{\"b\":1},\"c\":2} | {\"a\":{\"c\":2},\"b\":1}",
                "{\"a\":true} | {\"a\":false}",
                "{\"a\":[]} | {\"a\":{}}",
                "{\"a\":1,\"b\":2} | {\"a\":2,\"b\":1}"
            })
    void other_values_are_not(String one, String other) {
        assertThat(fingerprint(one)).isNotEqualTo(fingerprint(other));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":", "free text", "{} trailing", "{\"n\":1e99999999999}", "{\"n\":100e2147483647}"})
    void what_is_broken_or_beyond_numbers_is_taken_as_it_stands(String text) {
        assertThat(fingerprint(quoted(text)))
                .isEqualTo(fingerprint(quoted(text)))
                .isNotEqualTo(fingerprint(quoted(text + " x")));
    }

    @Test
    void no_arguments_are_an_empty_object() {
        long none = CanonicalArguments.fingerprint(RequestBody.EMPTY, null);
        assertThat(List.of(fingerprint("\"\""), fingerprint("\" \""), fingerprint("{}")))
                .containsOnly(none);
    }

    @Test
    void the_order_of_members_makes_no_difference_at_any_depth_and_nothing_else_collides() {
        Set<Long> all = new HashSet<>();
        for (long seed = 0; seed < 3000; seed++) {
            String[] forms = random(new Random(seed), 3);
            assertThat(fingerprint(forms[0])).as("seed %d", seed).isEqualTo(fingerprint(forms[1]));
            all.add(fingerprint("{\"seed\":" + seed + ",\"v\":" + forms[0] + "}"));
        }
        assertThat(all).hasSize(3000);
    }

    /** One value in two forms. */
    private static String[] random(Random random, int depth) {
        int kind = random.nextInt(depth > 0 ? 4 : 2);
        if (kind == 0) {
            int n = random.nextInt(1000);
            return new String[] {Integer.toString(n), n + ".0"};
        }
        if (kind == 1) {
            String text = "\"s" + random.nextInt(1000) + "\"";
            return new String[] {text, text};
        }
        List<String> one = new ArrayList<>();
        List<String> other = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            String[] forms = random(random, depth - 1);
            String name = kind == 2 ? "\"m" + i + "\":" : "";
            one.add(name + forms[0]);
            other.add(name + forms[1]);
        }
        if (kind == 2) {
            Collections.shuffle(other, random);
            return new String[] {"{" + String.join(",", one) + "}", "{" + String.join(" , ", other) + "}"};
        }
        return new String[] {"[" + String.join(",", one) + "]", "[" + String.join(", ", other) + "]"};
    }
}
