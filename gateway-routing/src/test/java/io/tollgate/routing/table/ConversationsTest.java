package io.tollgate.routing.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ConversationsTest {
    @Test
    void a_conversation_is_remembered_for_an_hour_after_its_last_turn() {
        AtomicLong nanos = new AtomicLong();
        Conversations conversations = new Conversations(nanos::get);
        conversations.remember(1, "openai/a");
        nanos.addAndGet(Duration.ofMinutes(59).toNanos());
        assertThat(target(conversations, 1)).isEqualTo("openai/a");
        conversations.remember(1, "openai/b");
        nanos.addAndGet(Duration.ofMinutes(59).toNanos());
        assertThat(target(conversations, 1)).isEqualTo("openai/b");
        nanos.addAndGet(Duration.ofMinutes(2).toNanos());
        assertThat(conversations.last(1)).isNull();
        assertThat(conversations.last(2)).isNull();
    }

    private static String target(Conversations conversations, long conversation) {
        return Objects.requireNonNull(conversations.last(conversation)).target();
    }

    @Test
    void a_provider_has_a_conversation_cached_for_five_minutes_after_its_last_turn() {
        AtomicLong nanos = new AtomicLong();
        Conversations conversations = new Conversations(nanos::get);
        conversations.remember(1, "openai/a");
        Conversations.Last last = Objects.requireNonNull(conversations.last(1));
        nanos.addAndGet(Duration.ofSeconds(299).toNanos());
        assertThat(conversations.isCached(last)).isTrue();
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(conversations.isCached(last)).isFalse();
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
