package io.tollgate.server.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.server.gateway.TestGateway;
import io.tollgate.server.limits.Conversation.Form;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Run limits beside other limits, keys and reloads. */
class RunsAmongOthersTest {
    private static final String ASK = new Conversation(Form.CHAT, "go").body();

    private static int status(TestGateway gateway, String words, String... more) throws Exception {
        List<String> headers = new ArrayList<>(List.of("x-tollgate-session", "s", "x-tollgate-feature", "agent"));
        headers.addAll(List.of(more));
        HttpResponse<String> response =
                gateway.post(Form.CHAT.path, ASK.replace("go", words), headers.toArray(String[]::new));
        Ends.await(gateway, response);
        return response.statusCode();
    }

    private static String digest(String key) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void steps_that_other_limits_refuse_are_no_steps() throws Exception {
        try (TestGateway gateway = TestGateway.start("""
                rate_limits:
                  - {name: slow, match: {team: slow}, requests: 1/day}
                budgets:
                  - {name: poor, match: {team: poor}, period: total, limit: {tokens: 1}, steps: [{at: 100%, do: block}]}
                run_limits:
                  - {name: agents, match: {feature: agent}, steps: 2}
                """)) {
            for (int i = 0; i < 5; i++) {
                assertThat(status(gateway, "go " + i, "x-tollgate-team", "poor"))
                        .isEqualTo(402);
            }
            assertThat(status(gateway, "go", "x-tollgate-team", "slow")).isEqualTo(200);
            assertThat(status(gateway, "on", "x-tollgate-team", "slow")).isEqualTo(429);
            assertThat(status(gateway, "on")).isEqualTo(200);
            assertThat(status(gateway, "and on")).isEqualTo(402);
        }
    }

    @Test
    void a_reload_keeps_the_runs() throws Exception {
        String limits = "run_limits:\n  - {name: agents, match: {feature: agent}, steps: N}\n";
        try (TestGateway gateway = TestGateway.start(limits.replace("N", "1"))) {
            assertThat(status(gateway, "go")).isEqualTo(200);
            gateway.reload("server: {port: 0}\nproviders: {openai: {dialect: openai, base_url: PROVIDER}}\n"
                    + limits.replace("N", "2"));
            assertThat(status(gateway, "on")).isEqualTo(200);
            assertThat(status(gateway, "and on")).isEqualTo(402);
        }
    }

    @Test
    void a_session_means_nothing_to_other_keys() throws Exception {
        try (TestGateway gateway =
                TestGateway.start("""
                keys:
                  - {id: one, hash: "sha256:ONE"}
                  - {id: two, hash: "sha256:TWO"}
                run_limits:
                  - {name: agents, match: {feature: agent}, steps: 1}
                """.replace("ONE", digest("one")).replace("TWO", digest("two")))) {
            assertThat(status(gateway, "go", "x-tollgate-key", "one")).isEqualTo(200);
            assertThat(status(gateway, "go", "x-tollgate-key", "one")).isEqualTo(402);
            assertThat(status(gateway, "go", "x-tollgate-key", "two")).isEqualTo(200);
        }
    }
}
