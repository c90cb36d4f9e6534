package io.tollgate.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.server.config.yaml.Environment;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NewKeyTest {
    @Test
    void its_entry_holds_the_hash_of_the_key_and_reads_back_as_it_was_asked_for() throws ConfigException {
        Map<String, String> tags = Map.of("team", "check out", "note", "a \"quoted\" \\ ${HOME}: {x}");
        NewKey created =
                NewKey.create(new SecureRandom(), "checkout-api", tags, List.of("gpt-4o*", "claude-?"), "2027-01-31");

        String yaml = "providers: {o: {dialect: openai, base_url: 'http://h'}}\nkeys:\n  - " + created.entry() + "\n";
        KeyConfig key = new ConfigLoader(Environment.of(Map.of()), Overrides.NONE)
                .parse("f", yaml, Path.of(""))
                .config()
                .keys()
                .getFirst();

        assertThat(created.key().reveal()).matches("tg-[0-9A-Za-z]{40}");
        assertThat(created.entry()).doesNotContain(created.key().reveal());
        assertThat(key.hash()).isEqualTo(KeyHash.of(created.key().reveal()));
        assertThat(key.id()).isEqualTo("checkout-api");
        assertThat(key.tags().asMap()).isEqualTo(tags);
        assertThat(key.allowModels()).containsExactly("gpt-4o*", "claude-?");
        assertThat(key.expires()).isEqualTo(Instant.parse("2027-01-31T00:00:00Z"));
    }

    @Test
    void the_hash_is_that_of_the_contract() {
        assertThat(KeyHash.of("abc"))
                .isEqualTo("sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void two_keys_differ() throws ConfigException {
        NewKey one = NewKey.create(new SecureRandom(), "a", Map.of(), List.of(), null);
        NewKey two = NewKey.create(new SecureRandom(), "a", Map.of(), List.of(), null);

        assertThat(one.key().reveal()).isNotEqualTo(two.key().reveal());
    }

    @Test
    void an_entry_the_configuration_would_refuse_is_refused() {
        assertThatThrownBy(() -> NewKey.create(new SecureRandom(), "bad/id", Map.of("model", "x"), List.of(), "soon"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll("id is \"bad/id\"", "tags.model is not a tag", "expires is \"soon\"");
    }
}
