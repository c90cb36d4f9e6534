package io.tollgate.routing.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.core.dialect.Endpoint;
import io.tollgate.core.dialect.Family;
import io.tollgate.core.dialect.Operation;
import io.tollgate.core.dialect.openaichat.OpenAiChatDialect;
import io.tollgate.core.price.PriceCatalogue;
import io.tollgate.core.provider.Provider;
import io.tollgate.core.provider.Timeouts;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProvidersTest {
    private static Provider provider(String name, Family family) {
        return new Provider(name, family, URI.create("http://" + name), null, Timeouts.DEFAULT);
    }

    private static @Nullable String chosen(@Nullable String prefix, Provider... configured) {
        Providers providers =
                new Providers(List.of(configured), PriceCatalogue.builder().build());
        Endpoint chat =
                new Endpoint(new OpenAiChatDialect(), Operation.GENERATE, prefix, "/v1/chat/completions", null, false);
        Provider chosen = providers.choose(chat, "some-model", Instant.EPOCH);
        return chosen == null ? null : chosen.name();
    }

    @Test
    void the_provider_named_like_its_dialect_is_the_default_wherever_it_stands() {
        assertThat(chosen(null, provider("groq", Family.OPENAI), provider("openai", Family.OPENAI)))
                .isEqualTo("openai");
    }

    @Test
    void without_one_the_first_of_the_dialect_is() {
        assertThat(chosen(
                        null,
                        provider("claude", Family.ANTHROPIC),
                        provider("groq", Family.OPENAI),
                        provider("mistral", Family.OPENAI)))
                .isEqualTo("groq");
        assertThat(chosen(null, provider("openai", Family.ANTHROPIC), provider("groq", Family.OPENAI)))
                .as("a name alone is no dialect")
                .isEqualTo("groq");
        assertThat(chosen(null, provider("claude", Family.ANTHROPIC))).isNull();
    }

    @Test
    void a_prefix_has_the_first_word() {
        Provider[] both = Stream.of("openai", "groq")
                .map(name -> provider(name, Family.OPENAI))
                .toArray(Provider[]::new);
        assertThat(chosen("groq", both)).isEqualTo("groq");
        assertThat(chosen("gone", both)).isNull();
    }
}
