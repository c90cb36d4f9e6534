package io.tollgate.core.dialect.gemini;

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
import io.tollgate.core.usage.Usage;
import io.tollgate.core.usage.UsageReport;
import io.tollgate.core.usage.UsageSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeminiRecordedTest {
    private static final GeminiDialect DIALECT = new GeminiDialect();

    @ParameterizedTest
    @CsvSource({
        "gemini__gemini.generateContent.jsonl,GENERATE,40",
        "gemini__gemini.streamGenerateContent.jsonl,GENERATE,18",
        "gemini__gemini.batchEmbedContents.jsonl,EMBED,4",
        "vertex__vertex.generateContent.jsonl,GENERATE,16",
        "vertex__vertex.streamGenerateContent.jsonl,GENERATE,4",
    })
    void recorded_answers_are_metered_as_their_bodies_say(String file, Operation operation, int exchanges)
            throws IOException {
        int read = 0;
        for (Recorded recorded : Recorded.file(file)) {
            read++;
            String path = recorded.path();
            String model = path.substring(path.lastIndexOf('/') + 1, path.lastIndexOf(':'));
            Endpoint endpoint = new Endpoint(DIALECT, operation, null, path, model, path.contains(":stream"));
            RequestFacts facts = DIALECT.read(endpoint, RequestBody.of(utf8(recorded.request())));
            UsageReport report = new AnswerPlayer(DIALECT, operation, facts)
                    .once(recorded.status(), recorded.contentType(), utf8(recorded.answer()), End.COMPLETE);
            if (recorded.status() == 200) {
                assertMetered(recorded, report);
            } else {
                assertThat(report.source()).as(recorded.id()).isEqualTo(UsageSource.NONE);
            }
        }
        assertThat(read).isEqualTo(exchanges);
    }

    private static void assertMetered(Recorded recorded, UsageReport report) {
        List<@Nullable Object> chunks = chunks(recorded.answer());
        Object usage = JsonTree.at(chunks.getLast(), "usageMetadata");
        Usage metered = report.usage();
        if (usage == null) {
            assertThat(report.source()).as(recorded.id()).isEqualTo(UsageSource.ESTIMATED);
            assertThat(recorded.path()).as(recorded.id()).endsWith(":batchEmbedContents");
            return;
        }
        assertThat(report.source()).as(recorded.id()).isEqualTo(UsageSource.PROVIDER);
        assertThat(metered.cacheRead()).as(recorded.id()).isEqualTo(JsonTree.number(usage, "cachedContentTokenCount"));
        assertThat(metered.prompt())
                .as(recorded.id())
                .isEqualTo(
                        JsonTree.number(usage, "promptTokenCount") + JsonTree.number(usage, "toolUsePromptTokenCount"));
        assertThat(metered.output())
                .as(recorded.id())
                .isEqualTo(
                        JsonTree.number(usage, "candidatesTokenCount") + JsonTree.number(usage, "thoughtsTokenCount"));
        assertThat(metered.reasoning()).as(recorded.id()).isEqualTo(JsonTree.number(usage, "thoughtsTokenCount"));
        if (JsonTree.at(usage, "totalTokenCount") != null) {
            assertThat(metered.total()).as(recorded.id()).isEqualTo(JsonTree.number(usage, "totalTokenCount"));
        }
        assertThat(report.model()).as(recorded.id()).isEqualTo(JsonTree.at(chunks.getLast(), "modelVersion"));
    }

    private static List<@Nullable Object> chunks(String answer) {
        List<@Nullable Object> found = new ArrayList<>();
        if (answer.startsWith("[")) {
            found.addAll((List<?>) java.util.Objects.requireNonNull(JsonTree.parse(answer)));
        } else if (answer.startsWith("{")) {
            found.add(JsonTree.parse(answer));
        } else {
            for (String line : answer.split("\r?\n")) {
                if (line.startsWith("data:")) {
                    found.add(JsonTree.parse(line.substring(5)));
                }
            }
        }
        return found;
    }
}
