package io.tollgate.core.dialect.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.core.sse.Chunks;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonScannerTest {
    private static final ScanLayout<String> LAYOUT = layout();

    private static ScanLayout<String> layout() {
        ScanLayout.Builder<String> layout = ScanLayout.builder();
        layout.in("usage")
                .itself("usage")
                .number("in", "in")
                .number("out", "out")
                .number("cached", "details.cached");
        return layout.itself("document")
                .string("model", "model")
                .number("version", "model_version")
                .flag("sure", "sure")
                .container("list", "list")
                .string("name", "list.name")
                .number("size", "list.sizes")
                .text("text", "list.text")
                .raw("args", "list.args")
                .build();
    }

    @Test
    void values_are_told_by_the_names_of_their_places_in_order() {
        assertThat(told("""
                        {"model" : "m\\u00e9\\n", "other": {"model": "x", "usage": {"in": 9}}, "usage": {"in": 12,
                         "out":-3 ,"details":{"cached":5,"more":[1,[2]]},"model":"y"},"sure":true, "tail":"}"}"""))
                .containsExactly(
                        "opened document",
                        "model=mé\n",
                        "opened usage",
                        "in=12",
                        "out=-3",
                        "cached=5",
                        "closed usage",
                        "sure is true",
                        "closed document");
    }

    @Test
    void elements_of_arrays_however_deep_are_told_one_by_one() {
        assertThat(told("{\"list\":[{\"name\":\"a\",\"sizes\":[1,2]},5,{\"name\":\"b\"},[{\"name\":\"c\"}]]}"))
                .containsExactly(
                        "opened document",
                        "opened list[]",
                        "opened list",
                        "name=a",
                        "opened size[]",
                        "size=1",
                        "size=2",
                        "closed size[]",
                        "closed list",
                        "opened list",
                        "name=b",
                        "closed list",
                        "opened list[]",
                        "opened list",
                        "name=c",
                        "closed list",
                        "closed list[]",
                        "closed list[]",
                        "closed document");
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
    void null_and_other_types_than_asked_for_are_not_told() {
        assertThat(values("{\"model\":null,\"usage\":7,\"sure\":1,\"model_version\":\"1\",\"list\":{\"name\":4}}"))
                .isEmpty();
        assertThat(values("{\"model\":{\"a\":1},\"usage\":true,\"sure\":\"true\",\"model_version\":false}"))
                .isEmpty();
        assertThat(values("{\"model\":12,\"sure\":null,\"model_version\":nul,\"sure\":tru}"))
                .isEmpty();
    }

    @Test
    void an_object_that_nothing_is_wanted_of_is_told_to_begin() {
        assertThat(told("{\"model\":{\"a\":[{}]},\"sure\":false}"))
                .containsExactly("opened document", "opened model", "sure is false", "closed document");
    }

    @Test
    void numbers_that_are_not_short_whole_ones_are_told_as_written() {
        assertThat(values("{\"model_version\":1.50,\"usage\":{\"in\":1234567890123456789,\"out\":1e3}}"))
                .containsExactly("version~1.50", "in~1234567890123456789", "out~1e3");
        assertThat(values("{\"model_version\":123456789012345678,\"usage\":{\"in\":-1E-7,\"out\":12}}"))
                .containsExactly("version=123456789012345678", "in~-1E-7", "out=12");
    }

    @Test
    void what_json_calls_no_number_is_not_told() {
        for (String wrong : List.of("1.", "1.e5", "1e", "1e+", "-", "--1", "1-2", "0x10", "1f", "NaN", "1.2.3", "+1")) {
            assertThat(values("{\"usage\":{\"in\":" + wrong + ",\"out\":1}}"))
                    .as(wrong)
                    .containsExactly("out=1");
        }
    }

    @Test
    void an_array_or_a_sequence_at_the_root_is_one_document_after_the_other() {
        List<String> expected = List.of(
                "opened document", "model=a", "closed document", "opened document", "model=b", "closed document");
        assertThat(told("[{\"model\":\"a\"}\n,\r\n{\"model\":\"b\"}]")).isEqualTo(expected);
        assertThat(told("{\"model\":\"a\"}\n{\"model\":\"b\"}\n")).isEqualTo(expected);
    }

    @Test
    void a_string_or_number_longer_than_the_bound_is_not_told() {
        String most = "x".repeat(JsonScanner.MAX_VALUE);
        assertThat(values("{\"model\":\"" + most + "\"}")).containsExactly("model=" + most);
        assertThat(values("{\"model\":\"" + most + "x\"}")).isEmpty();
        String digits = "1".repeat(JsonScanner.MAX_VALUE);
        assertThat(values("{\"model_version\":" + digits + "}")).containsExactly("version~" + digits);
        assertThat(values("{\"model_version\":" + digits + "1}")).isEmpty();
    }

    @Test
    void names_with_escapes_are_the_same_names() {
        assertThat(values("{\"\\u006dodel\":\"a\"}")).containsExactly("model=a");
    }

    @Test
    void what_lies_deeper_than_any_answer_is_passed_over_and_what_follows_is_read() {
        for (int depth : new int[] {JsonScanner.MAX_DEPTH - 3, JsonScanner.MAX_DEPTH, 100_000}) {
            String json =
                    "{\"list\":" + "[".repeat(depth) + "{\"name\":\"deep\"}" + "]".repeat(depth) + ",\"sure\":true}";
            Told told = new Told();
            byte[] bytes = utf8(json);
            new JsonScanner<>(LAYOUT, told).feed(bytes, 0, bytes.length);
            assertThat(told.lines).as("depth %d", depth).endsWith("sure is true", "closed document");
            assertThat(told.lines.contains("name=deep"))
                    .as("depth %d", depth)
                    .isEqualTo(depth < JsonScanner.MAX_DEPTH - 2);
        }
    }

    @Test
    void the_same_string_is_made_once() {
        List<String> models = new ArrayList<>();
        JsonScanner<String> scanner = new JsonScanner<>(LAYOUT, new ScanListener<>() {
            @Override
            public void string(String place, String value) {
                models.add(value);
            }
        });
        for (String model : List.of("gpt", "gpt", "gqt", "gpt-5", "gpt-5")) {
            byte[] bytes = utf8("{\"model\":\"" + model + "\"}");
            scanner.feed(bytes, 0, bytes.length);
        }
        assertThat(models).containsExactly("gpt", "gpt", "gqt", "gpt-5", "gpt-5");
        assertThat(models.get(1)).isSameAs(models.get(0));
        assertThat(models.get(4)).isSameAs(models.get(3));
    }

    @Test
    void random_documents_are_told_alike_by_a_full_parser() {
        for (int seed = 0; seed < 3_000; seed++) {
            Random random = new Random(seed);
            StringBuilder json = new StringBuilder();
            RandomAnswer.write(random, json, 0);
            Told told = new Told();
            Chunks.random(random, utf8(json.toString()), new JsonScanner<>(LAYOUT, told)::feed);
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
            JsonScanner<String> reader = new JsonScanner<>(LAYOUT, told);
            Chunks.random(random, bytes, reader::feed);
            reader.reset();
            byte[] sound = utf8("{\"model\":\"m\"}");
            told.lines.clear();
            reader.feed(sound, 0, sound.length);
            assertThat(told.lines)
                    .as("after the garbage of seed %d", seed)
                    .containsExactly("opened document", "model=m", "closed document");
        }
    }

    private static List<String> told(String json) {
        return read(json).lines;
    }

    private static List<String> values(String json) {
        return told(json).stream()
                .filter(line -> !line.startsWith("opened ") && !line.startsWith("closed "))
                .toList();
    }

    private static long texts(String json) {
        return read(json).texts;
    }

    private static Told read(String json) {
        byte[] bytes = utf8(json);
        Told first = new Told();
        new JsonScanner<>(LAYOUT, first).feed(bytes, 0, bytes.length);
        for (int cut = 0; cut <= bytes.length; cut++) {
            Told told = new Told();
            Chunks.cutAt(cut, bytes, new JsonScanner<>(LAYOUT, told)::feed);
            assertThat(told.lines).as("cut at %d", cut).isEqualTo(first.lines);
            assertThat(told.texts).as("cut at %d", cut).isEqualTo(first.texts);
        }
        return first;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Everything told, a line each. */
    static final class Told implements ScanListener<String> {
        final List<String> lines = new ArrayList<>();
        long texts;

        @Override
        public void number(String place, long value) {
            lines.add(place + "=" + value);
        }

        @Override
        public void decimal(String place, String digits) {
            lines.add(place + "~" + digits);
        }

        @Override
        public void string(String place, String value) {
            lines.add(place + "=" + value);
        }

        @Override
        public void flag(String place, boolean value) {
            lines.add(place + " is " + value);
        }

        @Override
        public void text(String place, int bytes) {
            texts += bytes;
        }

        @Override
        public void opened(String place, boolean array) {
            lines.add("opened " + place + (array ? "[]" : ""));
        }

        @Override
        public void closed(String place, boolean array) {
            lines.add("closed " + place + (array ? "[]" : ""));
        }
    }
}
