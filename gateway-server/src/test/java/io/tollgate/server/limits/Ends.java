package io.tollgate.server.limits;

import static io.tollgate.server.gateway.TestGateway.SOON;

import io.tollgate.server.gateway.TestGateway;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.awaitility.Awaitility;

/** The end of a call, which comes a moment after its answer was read: then its run knows what it used. */
final class Ends {
    private Ends() {}

    static void await(TestGateway gateway, HttpResponse<?> response) {
        String id = response.headers().firstValue("x-tollgate-request-id").orElseThrow();
        Awaitility.await()
                .atMost(SOON)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> !gateway.ledger().request(id).isEmpty());
    }
}
