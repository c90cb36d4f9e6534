package io.tollgate.core.dialect.anthropic;

import static io.tollgate.core.dialect.AnswerPlayer.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.core.dialect.AnswerPlayer;
import io.tollgate.core.dialect.Endpoint;
import io.tollgate.core.dialect.JsonTree;
import io.tollgate.core.dialect.Operation;
import io.tollgate.core.dialect.Recorded;
import io.tollgate.core.dialect.RequestFacts;
import io.tollgate.core.exchange.End;
import io.tollgate.core.http.RequestBody;
import io.tollgate.core.usage.UsageReport;
import io.tollgate.core.usage.UsageSource;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnthropicRecordedTest {
    private static final AnthropicDialect DIALECT = new AnthropicDialect();

    @ParameterizedTest
    @CsvSource({"anthropic__anthropic.messages.jsonl,76", "local__anthropic.messages.jsonl,1"})
    void recorded_answers_are_metered_as_their_bodies_say(String file, int exchanges) throws IOException {
        int read = 0;
        for (Recorded recorded : Recorded.file(file)) {
            read++;
            Endpoint endpoint = new Endpoint(DIALECT, Operation.GENERATE, null, "/v1/messages", null, false);
            RequestFacts facts = DIALECT.read(endpoint, RequestBody.of(utf8(recorded.request())));
            Object request = JsonTree.parse(recorded.request());
            assertThat(facts.model()).as(recorded.id()).isEqualTo(JsonTree.at(request, "model"));
            assertThat(facts.outputCap()).as(recorded.id()).isEqualTo(JsonTree.number(request, "max_tokens"));
            UsageReport report = new AnswerPlayer(DIALECT, Operation.GENERATE, facts)
                    .once(recorded.status(), recorded.contentType(), utf8(recorded.answer()), End.COMPLETE);
            if (recorded.status() != 200) {
                assertThat(report.source()).as(recorded.id()).isEqualTo(UsageSource.NONE);
            } else {
                assertMetered(recorded, report);
            }
        }
        assertThat(read).isEqualTo(exchanges);
    }

    private static void assertMetered(Recorded recorded, UsageReport report) {
        Map<String, @Nullable Object> usage = usage(recorded.answer());
        long written = JsonTree.number(usage, "cache_creation_input_tokens");
        assertThat(report.source()).as(recorded.id()).isEqualTo(UsageSource.PROVIDER);
        assertThat(report.usage().input()).as(recorded.id()).isEqualTo(JsonTree.number(usage, "input_tokens"));
        assertThat(report.usage().output()).as(recorded.id()).isEqualTo(JsonTree.number(usage, "output_tokens"));
        assertThat(report.usage().cacheRead())
                .as(recorded.id())
                .isEqualTo(JsonTree.number(usage, "cache_read_input_tokens"));
        assertThat(report.usage().cacheWrite5m() + report.usage().cacheWrite1h())
                .as(recorded.id())
                .isEqualTo(written);
        assertThat(report.usage().cacheWrite1h())
                .as(recorded.id())
                .isEqualTo(JsonTree.number(usage, "cache_creation", "ephemeral_1h_input_tokens"));
        assertThat(report.usage().reasoning())
                .as(recorded.id())
                .isEqualTo(JsonTree.number(usage, "output_tokens_details", "thinking_tokens"));
        assertThat(report.usage().webSearches())
                .as(recorded.id())
                .isEqualTo(JsonTree.number(usage, "server_tool_use", "web_search_requests"));
        long apart = usage.get("iterations") instanceof java.util.List<?> list
                ? list.stream()
                        .filter(each -> !"message".equals(JsonTree.at(each, "type")))
                        .mapToLong(each -> JsonTree.number(each, "output_tokens"))
                        .sum()
                : 0;
        assertThat(report.others().stream()
                        .mapToLong(other -> other.usage().output())
                        .sum())
                .as(recorded.id())
                .isEqualTo(apart);
        assertThat(report.model()).as(recorded.id()).isNotNull();
        assertThat(report.finish()).as(recorded.id()).isNotNull();
    }

    /** The members of all usage objects, later ones over earlier ones. */
    private static Map<String, @Nullable Object> usage(String answer) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        if (answer.startsWith("{")) {
            put(all, JsonTree.at(JsonTree.parse(answer), "usage"));
            return all;
        }
        for (String line : answer.split("\r?\n")) {
            if (line.startsWith("data:")) {
                Object event = JsonTree.parse(line.substring(5));
                put(all, JsonTree.at(event, "message", "usage"));
                put(all, JsonTree.at(event, "usage"));
            }
        }
        return all;
    }

    private static void put(Map<String, @Nullable Object> all, @Nullable Object usage) {
        if (usage instanceof Map<?, ?> map) {
            map.forEach((name, value) -> {
                if (value != null) {
                    all.put(String.valueOf(name), value);
                }
            });
        }
    }
}
