package io.tollgate.server.fakeprovider.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.server.config.ConfigException;
import io.tollgate.server.fakeprovider.answer.UsageMode;
import io.tollgate.server.fakeprovider.behaviour.Behaviour;
import io.tollgate.server.fakeprovider.behaviour.Cut;
import io.tollgate.server.fakeprovider.behaviour.Manner;
import io.tollgate.server.fakeprovider.behaviour.RuleBook;
import io.tollgate.server.fakeprovider.traffic.ReceivedRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScriptFileTest {
    private static final Behaviour ORDINARY = Behaviour.reply().pace(Duration.ofMillis(5));

    @Test
    void a_rule_says_whom_it_is_for_and_what_they_get() throws Exception {
        RuleBook book = book("""
                rules:
                  - match: {path: "/v1/chat/*", model: "gpt-4o*", headers: {x-team: "a*"}, contains: tides}
                    respond:
                      delay: 200ms
                      first_byte_delay: 1s
                      tokens: 50
                      usage: never
                      headers: {x-extra: "1"}
                      gzip: true
                      split_bytes: 1
                      reset_after_bytes: 2KiB
                """);

        Behaviour fits = book.of(request("/v1/chat/completions", "gpt-4o-mini", "ab"));
        assertThat(fits.timing().head()).isEqualTo(Duration.ofMillis(200));
        assertThat(fits.timing().firstByte()).isEqualTo(Duration.ofSeconds(1));
        assertThat(fits.timing().pace()).isEqualTo(Duration.ofMillis(5));
        assertThat(fits.wish().tokens()).isEqualTo(50);
        assertThat(fits.wish().usage()).isEqualTo(UsageMode.NEVER);
        assertThat(fits.headers()).containsExactly(Map.entry("x-extra", "1"));
        assertThat(fits.manners()).containsExactly(Manner.GZIP);
        assertThat(fits.damage().splitBytes()).isEqualTo(1);
        assertThat(fits.damage().cut()).isEqualTo(Cut.afterBytes(Cut.Kind.RESET, 2048));
        assertThat(book.of(request("/v1/chat/completions", "gpt-4.1", "ab"))).isEqualTo(ORDINARY);
        assertThat(book.of(request("/v1/chat/completions", "gpt-4o", "b"))).isEqualTo(ORDINARY);
        assertThat(book.of(request("/v1/responses", "gpt-4o", "ab"))).isEqualTo(ORDINARY);
    }

    @Test
    void nth_picks_one_of_the_requests_that_fit_and_first_the_first_few() throws Exception {
        RuleBook book = book("""
                rules:
                  - match: {model: m, nth: 2}
                    respond: {status: 429, retry_after: 3}
                  - match: {model: n, first: 2}
                    respond: {status: 500}
                """);

        assertThat(List.of(status(book, "m"), status(book, "m"), status(book, "m")))
                .containsExactly(0, 429, 0);
        assertThat(List.of(status(book, "n"), status(book, "n"), status(book, "n")))
                .containsExactly(500, 500, 0);
    }

    @Test
    void every_cut_has_its_key() throws Exception {
        Map<String, Cut> cuts = Map.of(
                "end_after_events: 3", Cut.afterEvents(Cut.Kind.END, 3),
                "error_after_events: 3", Cut.afterEvents(Cut.Kind.ERROR_EVENT, 3),
                "cut_after_events: 3", Cut.afterEvents(Cut.Kind.CLOSE, 3),
                "cut_before_head: true", Cut.beforeHead(Cut.Kind.CLOSE),
                "reset_after_events: 0", Cut.afterEvents(Cut.Kind.RESET, 0),
                "silent_after_bytes: 10B", Cut.afterBytes(Cut.Kind.SILENCE, 10));
        for (Map.Entry<String, Cut> cut : cuts.entrySet()) {
            Behaviour behaviour =
                    book("rules: [{respond: {" + cut.getKey() + "}}]").of(request("/", "m", "x"));

            assertThat(behaviour.damage().cut()).as(cut.getKey()).isEqualTo(cut.getValue());
        }
    }

    @Test
    void problems_name_the_line_the_key_and_what_was_expected() {
        assertThatThrownBy(() -> book("""
                        rules:
                          - match: {pathh: /v1}
                            respond: {status: 99, delay: soon, cut_after_events: 1, reset_after_bytes: 1B}
                        """))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("did you mean \"path\"?")
                .hasMessageContaining("a whole number from 200 to 599")
                .hasMessageContaining("rules[0].respond.delay")
                .hasMessageContaining("breaks off in 2 places")
                .hasMessageContaining("script.yaml:3");
    }

    private static int status(RuleBook book, String model) {
        return book.of(request("/v1/chat/completions", model, "x")).status();
    }

    private static RuleBook book(String yaml) throws ConfigException {
        RuleBook book = new RuleBook(ORDINARY);
        ScriptFile.parse("script.yaml", yaml, ORDINARY, book);
        return book;
    }

    private static ReceivedRequest request(String path, String model, String team) {
        ReceivedRequest request = new ReceivedRequest(1, 1, "POST", path, List.of(Map.entry("X-Team", team)));
        request.bodyArrived(("{\"model\":\"" + model + "\",\"about\":\"tides\"}").getBytes(StandardCharsets.UTF_8));
        return request;
    }
}
