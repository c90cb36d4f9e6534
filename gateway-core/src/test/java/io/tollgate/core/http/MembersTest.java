package io.tollgate.core.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.core.dialect.JsonTree;
import io.tollgate.core.dialect.json.Layout;
import io.tollgate.core.dialect.json.RequestReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MembersTest {
    private static final Layout LAYOUT =
            Layout.builder().object("inner", Layout.builder().flag("x").build()).build();

    @Test
    void members_set_by_two_steps_in_an_empty_object_are_parted_by_a_comma() {
        Members empty = members("{}");
        assertThat(edited("{}", empty.set("a", "1"), empty.set("b", "2"))).isEqualTo("{\"a\":1,\"b\":2}");
        assertThat(edited("{ }", members("{ }").set("a", "1"), members("{ }").set("b", "2")))
                .isEqualTo("{\"a\":1,\"b\":2 }");
    }

    @Test
    void of_two_values_for_one_member_the_last_counts() {
        assertThat(edited("{}", members("{}").set("a", "1"), members("{}").set("a", "2")))
                .isEqualTo("{\"a\":2}");
        Members some = members("{\"a\":0,\"c\":3}");
        assertThat(edited(
                        "{\"a\":0,\"c\":3}",
                        some.set("a", "1"),
                        some.set("b", "1"),
                        some.set("a", "2"),
                        some.set("b", "2")))
                .isEqualTo("{\"b\":2,\"a\":2,\"c\":3}");
    }

    @Test
    void members_are_taken_out_with_the_commas_that_would_be_left() {
        String json = "{ \"a\" : 1 , \"b\":2, \"c\":3 }";
        Members all = members(json);
        assertThat(edited(json, all.remove("a"))).isEqualTo("{ \"b\":2, \"c\":3 }");
        assertThat(edited(json, all.remove("b"))).isEqualTo("{ \"a\" : 1 , \"c\":3 }");
        assertThat(edited(json, all.remove("c"))).isEqualTo("{ \"a\" : 1 , \"b\":2 }");
        assertThat(edited(json, all.remove("b"), all.remove("c"))).isEqualTo("{ \"a\" : 1 }");
        assertThat(edited(json, all.remove("c"), all.remove("a"), all.remove("b")))
                .isEqualTo("{  }");
        assertThat(edited(json, all.remove("c"), all.remove("a"), all.remove("b"), all.set("d", "4")))
                .isEqualTo("{\"d\":4  }");
        assertThat(edited(json, all.remove("x"))).isEqualTo(json);
    }

    @Test
    void an_edit_of_the_very_same_bytes_replaces_an_earlier_one_and_an_overlap_is_refused() {
        Span span = new Span(1, 3);
        assertThat(edited("[12]", BodyEdit.replace(span, "7"), BodyEdit.replace(span, "8")))
                .isEqualTo("[8]");
        assertThatThrownBy(() -> edited("[12]", BodyEdit.replace(span, "7"), BodyEdit.delete(new Span(2, 4))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("overlaps");
        assertThatThrownBy(() -> edited("[12]", BodyEdit.insert(5, "7")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("leaves the body of 4 bytes");
    }

    @Test
    void whatever_is_set_and_taken_out_the_object_holds_just_that() {
        for (int seed = 0; seed < 5_000; seed++) {
            Random random = new Random(seed);
            Map<String, @Nullable Object> expected = new LinkedHashMap<>();
            Map<String, @Nullable Object> inner = new LinkedHashMap<>();
            String json = object(random, expected, random.nextBoolean() ? inner : null);
            Members root = members(json);
            List<BodyEdit> edits = new ArrayList<>();
            for (int i = random.nextInt(6); i > 0; i--) {
                boolean within = root.inner("inner").open() >= 0 && random.nextBoolean();
                String name = String.valueOf((char) ('a' + random.nextInt(6)));
                Members object = within ? root.inner("inner") : root;
                Map<String, @Nullable Object> tree = within ? inner : expected;
                if (random.nextBoolean()) {
                    edits.add(object.set(name, Integer.toString(i)));
                    tree.put(name, (long) i);
                } else {
                    edits.add(object.remove(name));
                    tree.remove(name);
                }
            }
            String edited = edited(json, edits.toArray(BodyEdit[]::new));
            assertThat(JsonTree.parse(edited))
                    .as("seed %d: %s became %s", seed, json, edited)
                    .isEqualTo(expected);
            members(edited); // and no name twice
        }
    }

    private static String object(
            Random random, Map<String, @Nullable Object> tree, @Nullable Map<String, @Nullable Object> inner) {
        StringBuilder json = new StringBuilder("{").append(blanks(random));
        String separator = "";
        for (char name = 'a'; name < 'f'; name++) {
            if (random.nextInt(3) == 0) {
                json.append(separator)
                        .append('"')
                        .append(name)
                        .append("\":")
                        .append(blanks(random))
                        .append("-1");
                json.append(blanks(random));
                tree.put(String.valueOf(name), -1L);
                separator = "," + blanks(random);
            }
        }
        if (inner != null) {
            json.append(separator).append("\"inner\":").append(object(random, inner, null));
            tree.put("inner", inner);
        }
        return json.append('}').toString();
    }

    private static String blanks(Random random) {
        return " \n".substring(0, random.nextInt(3));
    }

    private static Members members(String json) {
        return RequestReader.read(body(json), LAYOUT).root().members();
    }

    private static String edited(String json, BodyEdit... edits) {
        SplicedBody spliced = new SplicedBody(body(json), List.of(edits));
        byte[] bytes = spliced.toBytes();
        assertThat(spliced.length()).isEqualTo(bytes.length);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static RequestBody body(String json) {
        byte[] bytes = ("##" + json + "#").getBytes(StandardCharsets.UTF_8);
        return new RequestBody(bytes, 2, bytes.length - 3);
    }
}
