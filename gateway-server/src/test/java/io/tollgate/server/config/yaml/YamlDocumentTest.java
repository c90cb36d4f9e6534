package io.tollgate.server.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.core.provider.Secret;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class YamlDocumentTest {
    @TempDir
    Path folder;

    @Test
    void values_of_every_notation_are_read() {
        YamlDocument document = parse("""
                text: hello
                int: 8080
                count: 1.5M
                size: 256MiB
                time: 1h30m
                money: 0.25
                share: 95%
                times: 2x
                rate: 100k/min
                flag: true
                globs: [gpt-4o*, "claude-*"]
                one: gpt-4o
                """, Map.of());
        YamlObject root = document.root();

        assertThat(root.string("text").required()).isEqualTo("hello");
        assertThat(root.value("int", ScalarTypes.integer(0, 65535)).required()).isEqualTo(8080);
        assertThat(root.value("count", ScalarTypes.COUNT).required()).isEqualTo(1_500_000);
        assertThat(root.value("size", ScalarTypes.SIZE).required()).isEqualTo(256L << 20);
        assertThat(root.value("time", ScalarTypes.DURATION).required()).isEqualTo(Duration.ofMinutes(90));
        assertThat(root.value("money", ScalarTypes.USD).required()).isEqualTo(250_000_000);
        assertThat(root.value("share", ScalarTypes.FRACTION).required()).isEqualTo(new BigDecimal("0.95"));
        assertThat(root.value("times", ScalarTypes.MULTIPLE).required()).isEqualTo(new BigDecimal("2"));
        assertThat(root.value("rate", ScalarTypes.RATE).required()).isEqualTo(new Rate(100_000, Duration.ofMinutes(1)));
        assertThat(root.bool("flag").required()).isTrue();
        assertThat(root.values("globs", ScalarTypes.GLOB)).containsExactly("gpt-4o*", "claude-*");
        assertThat(root.values("one", ScalarTypes.GLOB)).containsExactly("gpt-4o");
        assertThat(document.problems()).isEmpty();
    }

    @Test
    void all_problems_are_reported_at_once_in_the_order_of_the_file() {
        assertThat(problems("""
                        server:
                          prot: 80
                          host: [a]
                        budgets:
                          - {usd: -5}
                          - {usd: lots}
                        """, root -> {
                    YamlObject server = root.object("server");
                    server.value("port", ScalarTypes.integer(0, 65535)).orElse(1);
                    server.string("host").orElse("");
                    root.objects("budgets")
                            .forEach(b -> b.value("usd", ScalarTypes.USD).required());
                }))
                .containsExactly(
                        "f.yaml:2:3: server.prot is not a known key, did you mean \"port\"? Expected one of port, host",
                        "f.yaml:3:9: server.host is a list, expected text without control characters",
                        "f.yaml:5:11: budgets[0].usd is \"-5\", expected an amount of USD from 0 up, such as 500 or 0.25",
                        "f.yaml:6:11: budgets[1].usd is \"lots\", expected an amount of USD from 0 up, such as 500 or 0.25");
    }

    @Test
    void a_duplicate_key_names_both_lines() {
        assertThat(problems("a: 1\nb: 2\na: 3\n", root -> {
                    root.string("a").required();
                    root.string("b").required();
                }))
                .containsExactly("f.yaml:3:1: a is given twice, first in line 1; expected it once");
    }

    @Test
    void broken_yaml_is_one_problem_with_its_place_and_nothing_that_follows_from_it() {
        assertThat(problems("a: [1, 2\nb: 3\n", root -> root.string("c").required()))
                .singleElement()
                .asString()
                .startsWith("f.yaml:2:2: is not YAML: ");
    }

    @Test
    void a_list_at_the_top_is_refused() {
        assertThat(problems("- 1\n", root -> root.keys()))
                .containsExactly("f.yaml:1:1: expected a mapping of keys to values at the top");
    }

    @Test
    void deep_nesting_is_refused_instead_of_exhausting_the_stack() {
        assertThat(problems("a: " + "[".repeat(100_000), YamlObject::keys))
                .singleElement()
                .asString()
                .contains("nested more than 64 levels deep");
    }

    @Test
    void variables_are_filled_in_with_defaults() {
        YamlDocument document = parse(
                "a: ${HOST}-${PORT:-80}\nb: '${UNSET:-}'\nc: $${HOST}\nd: ${EMPTY:-x}\n",
                Map.of("HOST", "h", "EMPTY", ""));

        assertThat(document.root().string("a").required()).isEqualTo("h-80");
        assertThat(document.root().string("b").orNull()).isNull();
        assertThat(document.root().string("c").required()).isEqualTo("${HOST}");
        assertThat(document.root().string("d").required()).isEqualTo("x");
        assertThat(document.problems()).isEmpty();
    }

    @Test
    void a_missing_variable_is_a_problem_that_names_it() {
        assertThat(problems("a: x${TOKEN}\n", root -> root.string("a").required()))
                .containsExactly("f.yaml:1:4: a needs the environment variable TOKEN, which is not set; "
                        + "set it or write ${TOKEN:-default}");
    }

    @Test
    void a_variable_cannot_add_structure_or_name_other_variables() {
        YamlDocument document = parse("a: ${X}\n", Map.of("X", "{b: [${Y}]}", "Y", "no"));

        assertThat(document.root().string("a").required()).isEqualTo("{b: [${Y}]}");
        assertThat(document.problems()).isEmpty();
    }

    @Test
    void what_a_variable_holds_is_never_shown() {
        YamlDocument document = parse("port: ${KEY}\n", Map.of("KEY", "sk-very-secret"));
        document.root().value("port", ScalarTypes.integer(0, 9)).orElse(0);

        assertThat(document.problems().toString()).contains("${KEY}").doesNotContain("very-secret");
    }

    @Test
    void a_secret_is_text_or_a_trimmed_file() throws IOException {
        Files.writeString(folder.resolve("token"), " from-file\n");
        YamlDocument document = parse("a: sk-1\nb: file:token\nc: '${NONE:-}'\n", Map.of());

        assertThat(document.root().secret("a").required().reveal()).isEqualTo("sk-1");
        assertThat(document.root().secret("b").required().reveal()).isEqualTo("from-file");
        assertThat(document.root().secret("c").orNull()).isNull();
        assertThat(document.problems()).isEmpty();
        assertThat(document.secretFiles()).containsExactly(folder.resolve("token"));
    }

    @Test
    void a_secret_that_cannot_be_used_is_reported_without_its_value() {
        YamlDocument document = parse("a: file:/none/such\nb: \"sk-\\nsplit\"\n", Map.of());
        Secret placeholder = document.root().secret("a").required();
        document.root().secret("b").orNull();

        assertThat(placeholder.reveal()).isEmpty();
        assertThat(document.problems())
                .extracting(Problem::toString)
                .containsExactly(
                        "f.yaml:1:4: a names the secret file \"/none/such\", which does not exist",
                        "f.yaml:2:4: b holds a line break or another control character; expected one line");
    }

    @Test
    void a_required_value_that_is_absent_is_reported_once_at_its_parent() {
        assertThat(problems(
                        "keys:\n  - {hash: x}\n",
                        root -> root.objects("keys").forEach(key -> {
                            key.string("hash").required();
                            key.string("id").required();
                        })))
                .containsExactly("f.yaml:2:5: keys[0].id is missing; expected text without control characters");
    }

    @Test
    void a_sensitive_value_is_not_shown() {
        assertThat(problems(
                        "hash: tg-secret\n",
                        root -> root.sensitive(
                                        "hash",
                                        ScalarTypes.STRING.where(text -> text.startsWith("sha256:"), "sha256:…"))
                                .required()))
                .containsExactly("f.yaml:1:7: hash has an unusable value (not shown), expected sha256:…");
    }

    @Test
    void a_percentage_without_its_sign_is_refused() {
        assertThat(problems(
                        "at: 95\n",
                        root -> root.value("at", ScalarTypes.FRACTION).required()))
                .containsExactly("f.yaml:1:5: at is \"95\", expected a share, such as 95% or 0.95");
    }

    @Test
    void numbers_out_of_any_sensible_range_are_refused() {
        assertThat(problems("a: 1e999999999\nb: 99999999999G\nc: 999999999w\n", root -> {
                    root.value("a", ScalarTypes.DECIMAL).orNull();
                    root.value("b", ScalarTypes.COUNT).orNull();
                    root.value("c", ScalarTypes.DURATION).orNull();
                }))
                .hasSize(3);
    }

    @Test
    void a_file_that_is_missing_or_not_utf8_is_a_problem() throws IOException {
        Path latin1 = Files.write(folder.resolve("latin1.yaml"), "a: ü".getBytes(StandardCharsets.ISO_8859_1));
        Path missing = folder.resolve("none.yaml");

        assertThat(YamlDocument.load(missing, Environment.of(Map.of())).problems())
                .extracting(Problem::toString)
                .containsExactly(missing + ": does not exist");
        assertThat(YamlDocument.load(latin1, Environment.of(Map.of())).problems())
                .extracting(Problem::message)
                .containsExactly("is not UTF-8");
    }

    @Test
    void an_alias_that_holds_itself_is_read_only_as_far_as_it_is_asked_for() {
        assertThat(problems(
                        "a: &x {b: *x}\n", root -> root.object("a").object("b").object("b")))
                .containsExactly("f.yaml:1:8: a.b.b.b is not a known key, expected no key here");
    }

    private YamlDocument parse(String text, Map<String, String> variables) {
        return YamlDocument.parse("f.yaml", text, folder, Environment.of(variables));
    }

    private List<String> problems(String text, Consumer<YamlObject> reader) {
        YamlDocument document = parse(text, Map.of());
        reader.accept(document.root());
        return document.problems().stream().map(Problem::toString).toList();
    }
}
