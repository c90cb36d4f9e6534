package io.tollgate.core.dialect.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.core.dialect.RequestFacts.Turn;
import io.tollgate.core.error.RefusedException;
import io.tollgate.core.http.Members.Member;
import io.tollgate.core.http.RequestBody;
import io.tollgate.core.http.Span;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RequestReaderPropertyTest {
    private static final Layout LAYOUT = Layout.builder()
            .string("model")
            .flag("stream")
            .integer("max_tokens")
            .turns("messages")
            .text("system")
            .tools("tools")
            .object("stream_options", Layout.builder().flag("include_usage").build())
            .media("image_url")
            .silent("type", "id")
            .build();

    /** What the generator wrote down while it wrote the body. */
    private static final class Expected {
        final List<String> names = new ArrayList<>();
        final List<Span> wholes = new ArrayList<>();
        final List<Span> values = new ArrayList<>();
        final List<Turn> turns = new ArrayList<>();
        int textBytes;
        int images;
    }

    @Test
    void every_span_and_length_is_what_the_writer_of_the_body_noted() {
        for (int seed = 0; seed < 1_500; seed++) {
            Random random = new Random(seed);
            RandomJson json = new RandomJson(random);
            Expected expected = write(json, random);
            byte[] bytes = json.written();
            byte[] padded = new byte[bytes.length + 9];
            System.arraycopy(bytes, 0, padded, 5, bytes.length);

            ParsedRequest parsed = RequestReader.read(new RequestBody(padded, 5, bytes.length), LAYOUT);

            List<Member> members = parsed.root().members().list();
            String hint = "seed " + seed + ": " + new String(bytes, StandardCharsets.UTF_8);
            assertThat(members).as(hint).extracting(Member::name).isEqualTo(expected.names);
            assertThat(members).as(hint).extracting(Member::whole).isEqualTo(expected.wholes);
            assertThat(members).as(hint).extracting(Member::value).isEqualTo(expected.values);
            assertThat(parsed.turns()).as(hint).isEqualTo(expected.turns);
            assertThat(parsed.textBytes()).as(hint).isEqualTo(expected.textBytes);
            assertThat(parsed.images()).as(hint).isEqualTo(expected.images);
        }
    }

    private static Expected write(RandomJson json, Random random) {
        Expected expected = new Expected();
        json.blank().raw("{");
        int size = random.nextInt(24);
        for (int i = 0; i < size; i++) {
            json.blank();
            String name = i == 3 ? "messages" : i == 5 ? "system" : "n" + i + json.text();
            expected.names.add(name);
            int start = json.position();
            json.string(name);
            json.blank().raw(":").blank();
            int value = json.position();
            switch (name) {
                case "messages" -> turns(json, random, expected);
                case "system" -> expected.textBytes += json.string(json.text());
                default -> json.value(4);
            }
            expected.values.add(new Span(value, json.position()));
            expected.wholes.add(new Span(start, json.position()));
            json.blank().raw(i + 1 < size ? "," : "");
        }
        json.blank().raw("}").blank();
        return expected;
    }

    private static void turns(RandomJson json, Random random, Expected expected) {
        json.raw("[");
        int size = random.nextInt(6);
        for (int i = 0; i < size; i++) {
            json.blank();
            int start = json.position();
            int bytes = 0;
            json.raw("{\"role\":\"user\",");
            if (random.nextBoolean()) {
                json.raw("\"content\":").blank();
                bytes += json.string(json.text());
            } else {
                json.raw("\"content\":[{\"type\":\"text\",\"text\":").blank();
                bytes += json.string(json.text());
                json.blank().raw("},{\"image_url\":{\"url\":").blank();
                json.string(json.text());
                json.raw("},\"type\":\"image_url\"}").blank().raw("]");
                expected.images++;
            }
            json.blank().raw("}");
            expected.turns.add(new Turn("user", new Span(start, json.position()), bytes));
            expected.textBytes += bytes;
            json.blank().raw(i + 1 < size ? "," : "");
        }
        json.raw("]");
    }

    @Test
    void whatever_is_broken_in_a_body_it_is_read_or_refused_and_spans_stay_inside() {
        for (int seed = 0; seed < 8_000; seed++) {
            Random random = new Random(seed);
            RandomJson json = new RandomJson(random);
            write(json, random);
            byte[] bytes = json.written();
            mutate(bytes, random);
            int length = random.nextInt(4) == 0 ? random.nextInt(bytes.length + 1) : bytes.length;
            try {
                ParsedRequest parsed = RequestReader.read(new RequestBody(bytes, 0, length), LAYOUT);
                int at = parsed.root().members().open();
                for (Member member : parsed.root().members().list()) {
                    assertThat(member.whole().start()).as("seed %d", seed).isGreaterThanOrEqualTo(at);
                    assertThat(member.value().start())
                            .as("seed %d", seed)
                            .isGreaterThan(member.whole().start());
                    assertThat(member.value().end())
                            .as("seed %d", seed)
                            .isGreaterThan(member.value().start());
                    at = member.whole().end();
                }
                assertThat(at).as("seed %d", seed).isLessThan(length);
                assertThat(parsed.textBytes()).as("seed %d", seed).isBetween(0, length);
                for (Turn turn : parsed.turns()) {
                    assertThat(turn.span().end()).as("seed %d", seed).isLessThan(length);
                }
            } catch (RefusedException refused) {
                assertThat(refused.refusal().message()).as("seed %d", seed).hasSizeLessThan(250);
            }
        }
    }

    private static void mutate(byte[] bytes, Random random) {
        String alphabet = "{}[]\",:\\u0n\u0000 -1e.";
        for (int i = random.nextInt(4); i > 0 && bytes.length > 0; i--) {
            bytes[random.nextInt(bytes.length)] = random.nextBoolean()
                    ? (byte) random.nextInt(256)
                    : (byte) alphabet.charAt(random.nextInt(alphabet.length()));
        }
    }
}
