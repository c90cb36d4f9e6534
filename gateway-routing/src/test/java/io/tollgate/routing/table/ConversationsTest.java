package io.tollgate.routing.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ConversationsTest {
    @Test
    void a_conversation_is_remembered_for_an_hour_after_its_last_turn() {
        AtomicLong nanos = new AtomicLong();
        Conversations conversations = new Conversations(nanos::get);
        conversations.remember(1, "openai/a");
        nanos.addAndGet(Duration.ofMinutes(59).toNanos());
        assertThat(conversations.model(1)).isEqualTo("openai/a");
        conversations.remember(1, "openai/b");
        nanos.addAndGet(Duration.ofMinutes(59).toNanos());
        assertThat(conversations.model(1)).isEqualTo("openai/b");
        nanos.addAndGet(Duration.ofMinutes(2).toNanos());
        assertThat(conversations.model(1)).isNull();
        assertThat(conversations.model(2)).isNull();
    }

    @Test
    void no_more_than_the_latest_are_remembered() {
        Conversations conversations = new Conversations(() -> 0L);
        for (long i = 0; i < Conversations.MOST + 5_000L; i++) {
            conversations.remember(i, "openai/a");
        }
        assertThat(conversations.size()).isLessThanOrEqualTo(Conversations.MOST);
    }
}
