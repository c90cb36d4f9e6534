package io.tollgate.core.dialect.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.core.sse.Chunks;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonScannerTest {
    private static final ScanLayout LAYOUT = ScanLayout.builder()
            .values("model", "list[].name", "list[].sizes[]")
            .under("usage", "in", "out", "details.cached")
            .text("list[].text")
            .raw("list[].args")
            .build();

    @Test
    void values_are_told_by_their_paths_in_order() {
        assertThat(told("""
                        {"model" : "m\\u00e9\\n", "other": {"model": "x", "usage": {"in": 9}}, "usage": {"in": 12,
                         "out":-3 ,"details":{"cached":5,"more":[1,[2]]},"model":"y"}, "tail":"}"}"""))
                .containsExactly(
                        "model=mé\n",
                        "usage.in=12",
                        "usage.out=-3",
                        "usage.details.cached=5",
                        "closed usage.details",
                        "closed usage",
                        "closed ");
    }

    @Test
    void elements_of_arrays_are_told_one_by_one() {
        assertThat(told("{\"list\":[{\"name\":\"a\",\"sizes\":[1,2]},5,{\"name\":\"b\"},[{\"name\":\"c\"}]]}"))
                .containsExactly(
                        "list[].name=a",
                        "list[].sizes[]=1",
                        "list[].sizes[]=2",
                        "closed list[].sizes",
                        "closed list[]",
                        "list[].name=b",
                        "closed list[]",
                        "closed list",
                        "closed ");
    }

    @Test
    void texts_are_measured_in_bytes_of_utf_8_without_their_escapes() {
        assertThat(texts("{\"list\":[{\"text\":\"a\\n\\\"é\\u00e9\\ud83d\\ude00\\\\\"}]}"))
                .isEqualTo(12);
        assertThat(texts("{\"list\":[{\"text\":\"\\ud83d\"},{\"text\":\"\"},{\"text\":\"b\"}]}"))
                .isEqualTo(4);
    }

    @Test
    void raw_values_are_measured_as_they_stand() {
        assertThat(texts("{\"list\":[{\"args\":{\"a\": [\"}\\\"\"]}, \"name\":\"n\"}]}"))
                .isEqualTo("{\"a\": [\"}\\\"\"]}".length());
        assertThat(texts("{\"list\":[{\"args\":12 },{\"args\":\"ab\"},{\"args\":[1]}]}"))
                .isEqualTo(7);
    }

    @Test
    void null_booleans_and_other_types_than_expected_are_not_told() {
        assertThat(told("{\"model\":null,\"usage\":7,\"list\":{\"name\":\"x\"}}"))
                .containsExactly("closed list", "closed ");
        assertThat(told("{\"model\":{\"a\":1},\"usage\":[{\"in\":1}],\"list\":true}"))
                .containsExactly("closed ");
    }

    @Test
    void numbers_that_are_not_short_whole_ones_are_told_as_written() {
        assertThat(told("{\"model\":1.50,\"usage\":{\"in\":1234567890123456789,\"out\":1e3}}"))
                .containsExactly(
                        "model~1.50", "usage.in~1234567890123456789", "usage.out~1e3", "closed usage", "closed ");
    }

    @Test
    void an_array_or_a_sequence_at_the_root_is_one_document_after_the_other() {
        List<String> expected = List.of("model=a", "closed ", "model=b", "closed ");
        assertThat(told("[{\"model\":\"a\"}\n,\r\n{\"model\":\"b\"}]")).isEqualTo(expected);
        assertThat(told("{\"model\":\"a\"}\n{\"model\":\"b\"}\n")).isEqualTo(expected);
    }

    @Test
    void a_string_longer_than_the_bound_is_not_told() {
        String most = "x".repeat(JsonScanner.MAX_VALUE);
        assertThat(told("{\"model\":\"" + most + "\"}")).containsExactly("model=" + most, "closed ");
        assertThat(told("{\"model\":\"" + most + "x\"}")).containsExactly("closed ");
    }

    @Test
    void names_with_escapes_are_the_same_names() {
        assertThat(told("{\"\\u006dodel\":\"a\"}")).containsExactly("model=a", "closed ");
    }

    @Test
    void random_documents_are_told_alike_by_a_full_parser() {
        for (int seed = 0; seed < 3_000; seed++) {
            Random random = new Random(seed);
            StringBuilder json = new StringBuilder();
            RandomAnswer.write(random, json, 0);
            Told told = new Told();
            Chunks.random(random, utf8(json.toString()), new JsonScanner(LAYOUT, told)::feed);
            Told expected = FullParser.read(LAYOUT, utf8(json.toString()));
            assertThat(told.lines).as("seed %d: %s", seed, json).isEqualTo(expected.lines);
            assertThat(told.texts).as("seed %d: %s", seed, json).isEqualTo(expected.texts);
        }
    }

    @Test
    void garbage_never_throws() {
        String alphabet = "{{}}[[]]\"\",::\\u019abmodelistusage -.e \n\u00ff";
        for (int seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            byte[] bytes = new byte[random.nextInt(120)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) alphabet.charAt(random.nextInt(alphabet.length()));
            }
            Told told = new Told();
            JsonScanner reader = new JsonScanner(LAYOUT, told);
            Chunks.random(random, bytes, reader::feed);
            reader.reset();
            byte[] sound = utf8("{\"model\":\"m\"}");
            told.lines.clear();
            reader.feed(sound, 0, sound.length);
            assertThat(told.lines).as("after the garbage of seed %d", seed).containsExactly("model=m", "closed ");
        }
    }

    private static List<String> told(String json) {
        return read(json).lines;
    }

    private static long texts(String json) {
        return read(json).texts;
    }

    private static Told read(String json) {
        byte[] bytes = utf8(json);
        Told first = new Told();
        new JsonScanner(LAYOUT, first).feed(bytes, 0, bytes.length);
        for (int cut = 0; cut <= bytes.length; cut++) {
            Told told = new Told();
            Chunks.cutAt(cut, bytes, new JsonScanner(LAYOUT, told)::feed);
            assertThat(told.lines).as("cut at %d", cut).isEqualTo(first.lines);
            assertThat(told.texts).as("cut at %d", cut).isEqualTo(first.texts);
        }
        return first;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Everything told, a line each. */
    static final class Told implements ScanListener {
        final List<String> lines = new ArrayList<>();
        long texts;

        @Override
        public void number(String path, long value) {
            lines.add(path + "=" + value);
        }

        @Override
        public void decimal(String path, String digits) {
            lines.add(path + "~" + digits);
        }

        @Override
        public void string(String path, String value) {
            lines.add(path + "=" + value);
        }

        @Override
        public void text(String path, int bytes) {
            texts += bytes;
        }

        @Override
        public void closed(String path) {
            lines.add("closed " + path);
        }
    }
}
