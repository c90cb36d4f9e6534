package io.tollgate.server.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.server.e2e.NoLeaks;
import io.tollgate.server.fakeprovider.FakeProvider;
import io.tollgate.server.gateway.TestGateway;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that outlive the gateway. */
@ExtendWith(NoLeaks.class)
class RestartTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String ASK =
            "{\"model\":\"m\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Question 0\"}]}";
    private static final String KEY = "  encryption_key: " + "0123456789abcdef".repeat(4) + "\n";

    @TempDir
    private Path folder;

    /** In front of a provider on one port, for its name and not its address is part of a key. */
    private TestGateway start(boolean encrypted) {
        return TestGateway.start(
                "cache:\n  exact: {enabled: true}\n  disk: {path: " + folder + "/answers}\n" + (encrypted ? KEY : ""),
                FakeProvider.start(),
                wiring -> wiring);
    }

    private static String ask(int number) {
        return ASK.replace("Question 0", "Question " + number);
    }

    private static String cache(HttpResponse<?> response) {
        return response.headers().firstValue("x-tollgate-cache").orElse("none");
    }

    private List<Path> entries() throws Exception {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.getFileName().toString().matches("[0-9a-f]{64}-.*"))
                    .toList();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_gateway_that_comes_back_still_has_its_answers(boolean encrypted) throws Exception {
        List<String> answers = new ArrayList<>();
        try (TestGateway before = start(encrypted)) {
            for (int i = 0; i < 5; i++) {
                HttpResponse<String> response = before.post(CHAT, ask(i));
                assertThat(cache(response)).isEqualTo("miss");
                answers.add(response.body());
            }
        }
        assertThat(entries()).hasSize(5);
        try (TestGateway after = start(encrypted)) {
            for (int i = 0; i < 5; i++) {
                HttpResponse<String> response = after.post(CHAT, ask(i));
                assertThat(cache(response)).isEqualTo("hit");
                assertThat(response.body()).isEqualTo(answers.get(i));
                assertThat(cache(after.post(CHAT, ask(i)))).isEqualTo("hit");
            }
            assertThat(after.provider().requests().total()).isZero();
            String shown =
                    after.get(after.server().adminUrl() + "/api/v1/cache").body();
            assertThat(shown).contains("{\"level\":\"memory\",\"hits\":5,", "{\"level\":\"disk\",\"hits\":5,");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_flipped_byte_is_a_miss_and_a_counter(boolean encrypted) throws Exception {
        String answer;
        try (TestGateway before = start(encrypted)) {
            answer = before.post(CHAT, ask(0)).body();
        }
        Path entry = entries().getFirst();
        byte[] bytes = Files.readAllBytes(entry);
        bytes[bytes.length / 2] ^= 1;
        Files.write(entry, bytes);
        try (TestGateway after = start(encrypted)) {
            HttpResponse<String> response = after.post(CHAT, ask(0));
            assertThat(cache(response)).isEqualTo("miss");
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(after.get(after.server().adminUrl() + "/metrics").body())
                    .contains("tollgate_cache_corrupt_answers_total{level=\"disk\"} 1.0");
            assertThat(cache(after.post(CHAT, ask(0)))).isEqualTo("hit");
            assertThat(answer).isNotEmpty();
        }
    }

    @Test
    void nothing_of_a_body_or_a_key_stands_in_encrypted_entries() throws Exception {
        try (TestGateway before = start(true)) {
            before.post(CHAT, ask(0));
        }
        String entry =
                new String(Files.readAllBytes(entries().getFirst()), java.nio.charset.StandardCharsets.ISO_8859_1);
        assertThat(entry).doesNotContain("chat.completion", "content", "stream");
    }
}
