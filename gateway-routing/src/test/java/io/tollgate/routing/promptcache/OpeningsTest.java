package io.tollgate.routing.promptcache;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.core.dialect.Endpoint;
import io.tollgate.core.dialect.Operation;
import io.tollgate.core.dialect.RequestFacts;
import io.tollgate.core.dialect.anthropic.AnthropicDialect;
import io.tollgate.core.http.RequestBody;
import io.tollgate.routing.promptcache.Openings.Turns;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OpeningsTest {
    private static final AnthropicDialect DIALECT = new AnthropicDialect();
    private static final Endpoint MESSAGES =
            new Endpoint(DIALECT, Operation.GENERATE, null, "/v1/messages", null, false);
    private static final long NOW = 1_000_000;

    private final Openings openings = new Openings();

    /** Turns by what they say, a user's first. */
    private static Turns turns(String system, String... said) {
        StringBuilder json = new StringBuilder("{\"system\":\"" + system + "\",\"messages\":[");
        for (int i = 0; i < said.length; i++) {
            json.append(i == 0 ? "" : ",").append("{\"role\":\"").append(i % 2 == 0 ? "user" : "assistant");
            json.append("\",\"content\":\"").append(said[i]).append("\"}");
        }
        RequestBody body = RequestBody.of((json + "]}").getBytes(StandardCharsets.UTF_8));
        RequestFacts facts = DIALECT.read(MESSAGES, body);
        return Openings.read(facts, body, 7);
    }

    @Test
    void a_conversation_that_goes_on_behind_another_first_turn_lost_what_was_cached() {
        Turns before = turns("s", "It is 10:00. Hi", "Hello", "How?");
        openings.cached(before, NOW);

        assertThat(openings.lost(turns("s", "It is 10:01. Hi", "Hello", "How?", "So", "Why?"), NOW))
                .isEqualTo(before.bytes());
        assertThat(openings.lost(turns("s", "It is 10:01. Hi", "Hello", "How?", "So"), NOW))
                .isEqualTo(before.bytes());
    }

    @Test
    void one_that_goes_on_as_it_was_lost_nothing() {
        openings.cached(turns("s", "Hi", "Hello", "How?"), NOW);

        assertThat(openings.lost(turns("s", "Hi", "Hello", "How?", "So", "Why?"), NOW))
                .isZero();
        assertThat(openings.lost(turns("s", "Hi", "Hello", "How?"), NOW)).isZero();
    }

    @Test
    void another_conversation_is_none_that_changed() {
        openings.cached(turns("s", "Hi", "Hello", "How?"), NOW);

        assertThat(openings.lost(turns("s", "Ho", "Hello", "How?"), NOW))
                .as("as long")
                .isZero();
        assertThat(openings.lost(turns("s", "Ho", "Hello", "Who?", "So", "Why?"), NOW))
                .as("other turns")
                .isZero();
        assertThat(openings.lost(turns("t", "Ho", "Hello", "How?", "So", "Why?"), NOW))
                .as("the system prompt changed as well, which is reported as such")
                .isZero();
        assertThat(openings.lost(turns("s", "Ho"), NOW)).isZero();
        assertThat(openings.lost(turns("s"), NOW)).isZero();
    }

    @Test
    void of_two_that_differ_in_their_first_turn_alone_each_goes_on_as_it_was() {
        openings.cached(turns("s", "A", "Read.", "Sum it up."), NOW);
        openings.cached(turns("s", "B", "Read.", "Sum it up."), NOW);

        assertThat(openings.lost(turns("s", "A", "Read.", "Sum it up.", "So", "Why?"), NOW))
                .isZero();
        assertThat(openings.lost(turns("s", "B", "Read.", "Sum it up.", "So", "Why?"), NOW))
                .isZero();
    }

    @Test
    void what_the_provider_has_forgotten_cannot_be_lost() {
        openings.cached(turns("s", "Hi", "Hello", "How?"), NOW);
        Turns changed = turns("s", "Ho", "Hello", "How?", "So", "Why?");

        assertThat(openings.lost(changed, NOW + PrefixMemory.LIFETIME_NANOS)).isPositive();
        assertThat(openings.lost(changed, NOW + PrefixMemory.LIFETIME_NANOS + 1))
                .isZero();
    }

    @Test
    void only_the_latest_are_remembered() {
        openings.cached(turns("s", "Hi", "Hello", "How?"), NOW);
        for (int i = 0; i < Openings.MOST; i++) {
            openings.cached(turns("s", "Hi", "Hello", "How? " + i), NOW);
        }
        assertThat(openings.lost(turns("s", "Ho", "Hello", "How?", "So", "Why?"), NOW))
                .isZero();
        assertThat(openings.lost(turns("s", "Ho", "Hello", "How? 9", "So", "Why?"), NOW))
                .isPositive();
    }
}
