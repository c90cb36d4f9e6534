package io.tollgate.server.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.server.fakeprovider.behaviour.Behaviour;
import io.tollgate.server.gateway.SampleLedger;
import io.tollgate.server.gateway.TestGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** A gateway with a day of traffic in its ledger, and some of its own: something for every panel. */
final class BusyGateway {
    static final int BOOKED = 3_000;

    private static final String CONFIG = """
            timezone: Asia/Kolkata
            cache: {exact: {enabled: true, ttl: 1h, max_size: 16MiB, scope: global}}
            routing:
              - {name: simple-to-mini, when: {model: [gpt-4o], task: [classify]}, use: [gpt-4o-mini]}
            budgets:
              - name: search-month
                match: {team: search}
                period: month
                limit: {usd: 100}
                steps: [{at: 10%, do: notify, level: warning}, {at: 95%, do: block}]
              - {name: tokens-day, match: {}, period: day, limit: {tokens: 100M}, steps: []}
            """;

    private BusyGateway() {}

    static TestGateway start() throws Exception {
        Path data = folder();
        Instant now = Clock.systemUTC().instant();
        SampleLedger.write(data, 6, BOOKED, now.minus(Duration.ofHours(23)), now);
        TestGateway gateway = TestGateway.startOn(data, CONFIG);
        call(gateway, "search");
        await().atMost(TestGateway.SOON).until(() -> call(gateway, "search").contains("hit"));
        gateway.provider().enqueue(Behaviour.status(503));
        gateway.post("/v1/chat/completions", body("Fail"), "x-tollgate-team", "checkout");
        await().atMost(TestGateway.SOON)
                .until(() -> gateway.get(gateway.server().adminUrl() + "/api/v1/alerts")
                        .body()
                        .contains("search-month"));
        return gateway;
    }

    static Path folder() throws IOException {
        return Files.createTempDirectory("tollgate-test");
    }

    private static String body(String question) {
        return "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"" + question + "\"}]}";
    }

    /** A call of this team, which would rather be told something long; what its cache said. */
    static String call(TestGateway gateway, String team) throws Exception {
        var answer = gateway.post(
                "/v1/chat/completions",
                body("Is it a bug?"),
                "x-tollgate-team",
                team,
                "x-tollgate-feature",
                "triage",
                "x-tollgate-task",
                "classify");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.headers().firstValue("x-tollgate-cache").orElse("");
    }
}
