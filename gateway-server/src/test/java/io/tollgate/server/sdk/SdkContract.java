package io.tollgate.server.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.server.fakeprovider.FakeProvider;
import io.tollgate.server.fakeprovider.behaviour.Behaviour;
import io.tollgate.server.fakeprovider.traffic.Ending;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/**
 * What an official SDK must find behind a base URL, whatever stands there: the simulated provider itself, or something
 * in front of it. Subclasses say what the SDK's tests are; theirs say where the base URL points.
 */
@Timeout(30)
public abstract class SdkContract {
    static final Duration PATIENCE = Duration.ofSeconds(10);
    static final String ANSWER = "The tide rises twice a day.";
    static final String PIXEL =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    /** Where the SDK is pointed at, without a path and without a slash at its end. */
    protected abstract String baseUrl();

    /** The provider that answers in the end. */
    protected abstract FakeProvider provider();

    /** The credential the SDK sends. */
    protected String apiKey() {
        return "sk-caller-0123456789";
    }

    @BeforeEach
    void forgetTheLastTest() {
        provider().reset();
    }

    void answers(Behaviour... behaviours) {
        provider().enqueue(behaviours);
    }

    /** A stream slow enough to be left in its middle. */
    static Behaviour slowStream() {
        return Behaviour.reply().tokens(2_000).pace(Duration.ofMillis(10));
    }

    /** The provider noticed, long before the end of its answer, that nobody listens. */
    void assertThatTheProviderWasLeft() {
        Ending ending = provider().requests().last().awaitEnding(PATIENCE);
        assertThat(ending.kind()).isEqualTo(Ending.Kind.PEER_CLOSED);
        assertThat(ending.events()).isLessThan(2_000);
    }

    /** The provider got this request again after it had refused it. */
    void assertThatItWasTriedAgain() {
        assertThat(provider().requests().total()).isGreaterThanOrEqualTo(2);
    }
}
