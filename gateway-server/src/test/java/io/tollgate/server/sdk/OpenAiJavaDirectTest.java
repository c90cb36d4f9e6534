package io.tollgate.server.sdk;

import io.tollgate.server.fakeprovider.FakeProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract, straight against the simulated provider: it is real enough for the SDK. */
class OpenAiJavaDirectTest extends OpenAiJavaContract {
    private static FakeProvider provider;

    @BeforeAll
    static void start() {
        provider = FakeProvider.start();
    }

    @AfterAll
    static void stop() {
        provider.close();
    }

    @Override
    protected String baseUrl() {
        return provider.url();
    }

    @Override
    protected FakeProvider provider() {
        return provider;
    }
}
