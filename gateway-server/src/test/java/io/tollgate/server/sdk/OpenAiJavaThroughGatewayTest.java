package io.tollgate.server.sdk;

import io.tollgate.server.fakeprovider.FakeProvider;
import io.tollgate.server.gateway.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract with the gateway in between: the SDK must not notice it. */
class OpenAiJavaThroughGatewayTest extends OpenAiJavaContract {
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = TestGateway.start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Override
    protected String baseUrl() {
        return gateway.url();
    }

    @Override
    protected FakeProvider provider() {
        return gateway.provider();
    }
}
