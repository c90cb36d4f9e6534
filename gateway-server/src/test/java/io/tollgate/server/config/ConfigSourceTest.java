package io.tollgate.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.tollgate.core.provider.Secret;
import io.tollgate.server.config.yaml.Environment;
import io.tollgate.server.config.yaml.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigSourceTest {
    private static final String PROVIDERS =
            "providers: {openai: {dialect: openai, base_url: 'http://127.0.0.1:1', api_key: 'file:key'}}\n";

    @TempDir
    Path folder;

    private Path file;
    private Path prices;
    private ConfigSource source;

    @BeforeEach
    void start() throws IOException, ConfigException {
        file = folder.resolve("tollgate.yaml");
        prices = folder.resolve("prices.yaml");
        Files.writeString(folder.resolve("key"), "sk-1");
        Files.writeString(file, PROVIDERS);
        source = new ConfigSource(
                file,
                List.of(prices),
                new ConfigLoader(Environment.of(Map.of()), new Overrides(0, null, null)),
                Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        source.close();
    }

    @Test
    void an_edit_is_taken_up_once_it_has_settled() throws IOException {
        Files.writeString(file, PROVIDERS + "timezone: Europe/Berlin\n");

        assertThat(source.pollOnce()).isFalse();
        assertThat(source.pollOnce()).isTrue();
        assertThat(source.current().timezone()).hasToString("Europe/Berlin");
        assertThat(source.status().applied()).isTrue();
        assertThat(source.pollOnce()).isFalse();
    }

    @Test
    void a_file_that_is_still_being_written_is_not_taken_up() throws IOException {
        Files.writeString(file, PROVIDERS);
        Files.writeString(file, PROVIDERS + "timezone: Asia/To");
        assertThat(source.pollOnce()).isFalse();
        Files.writeString(file, PROVIDERS + "timezone: Asia/Tokyo\n");
        assertThat(source.pollOnce()).isFalse();

        assertThat(source.pollOnce()).isTrue();
        assertThat(source.current().timezone()).hasToString("Asia/Tokyo");
    }

    @Test
    void a_bad_edit_changes_nothing_and_is_reported_until_it_is_put_right() throws IOException {
        Config before = source.current();
        Files.writeString(file, PROVIDERS + "timezone: Mars\n");
        source.pollOnce();
        source.pollOnce();

        assertThat(source.current()).isSameAs(before);
        assertThat(source.status().problems())
                .extracting(Problem::path, Problem::line)
                .containsExactly(tuple("timezone", 2));
        assertThat(source.pollOnce())
                .as("the same bad file is not loaded again")
                .isFalse();

        Files.writeString(file, PROVIDERS + "timezone: Asia/Tokyo\n");
        assertThat(source.reload().applied()).isTrue();
        assertThat(source.current().timezone()).hasToString("Asia/Tokyo");
    }

    @Test
    void a_file_that_vanishes_changes_nothing() throws IOException {
        Files.delete(file);
        source.pollOnce();

        assertThat(source.pollOnce()).isTrue();
        assertThat(source.status().problems()).extracting(Problem::message).containsExactly("does not exist");
        assertThat(source.current().providers()).containsKey("openai");
    }

    @Test
    void a_rename_over_the_file_with_an_old_date_is_noticed() throws IOException {
        Path next = Files.writeString(folder.resolve("next"), PROVIDERS + "timezone: Asia/Tokyo\n");
        Files.setLastModifiedTime(next, Files.getLastModifiedTime(file));
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        source.pollOnce();

        assertThat(source.pollOnce()).isTrue();
    }

    @Test
    void a_swapped_symbolic_link_is_noticed() throws Exception {
        Path one = Files.writeString(folder.resolve("one"), PROVIDERS.replace("file:key", "k"));
        Path two = Files.writeString(folder.resolve("two"), PROVIDERS + "timezone: Asia/Tokyo\n");
        Path link = Files.createSymbolicLink(folder.resolve("link.yaml"), one);
        try (ConfigSource linked = new ConfigSource(
                link, List.of(), new ConfigLoader(Environment.of(Map.of()), Overrides.NONE), Clock.systemUTC())) {
            Files.delete(link);
            Files.createSymbolicLink(link, two);
            linked.pollOnce();

            assertThat(linked.pollOnce()).isTrue();
            assertThat(linked.current().timezone()).hasToString("Asia/Tokyo");
        }
    }

    @Test
    void a_new_secret_in_its_file_is_taken_up() throws IOException {
        Files.writeString(folder.resolve("key"), "sk-2");
        source.pollOnce();
        source.pollOnce();

        assertThat(source.current().providers().values())
                .extracting(ProviderConfig::apiKey)
                .extracting(Secret::reveal)
                .containsExactly("sk-2");
    }

    @Test
    void another_watched_file_means_a_reload_too() throws IOException {
        Files.writeString(prices, "models: {}\n");
        source.pollOnce();

        assertThat(source.pollOnce()).isTrue();
    }

    @Test
    void what_needs_a_restart_is_reported_and_the_rest_applies() throws IOException {
        Files.writeString(
                file,
                PROVIDERS + "server: {port: 1, host: localhost, max_request: 1MiB}\nadmin: {port: 7}\n"
                        + "data_dir: elsewhere\nstore: {shared: 'redis://h'}\n");
        ReloadStatus status = source.reload();

        assertThat(status.applied()).isTrue();
        assertThat(status.warnings())
                .extracting(Problem::path)
                .contains("server.host", "admin.port", "data_dir", "store.shared")
                .as("the command line's port wins over both files")
                .doesNotContain("server.port");
        assertThat(source.current().server().maxRequest()).isEqualTo(1 << 20);
        assertThat(source.current().server().host()).isEqualTo("127.0.0.1");
        assertThat(source.current().admin().port()).isEqualTo(9090);
        assertThat(source.current().store().sharedUrl()).isNull();
    }

    @Test
    void an_edit_cannot_take_the_keys_away_by_a_host_that_needs_a_restart() throws Exception {
        String keys = "keys: [{id: a, hash: '" + KeyHash.of("tg-a") + "'}]\n";
        Files.writeString(file, PROVIDERS + keys + "server: {host: 0.0.0.0}\nadmin: {host: 0.0.0.0, token: t}\n");
        try (ConfigSource exposed = new ConfigSource(
                file, List.of(), new ConfigLoader(Environment.of(Map.of()), Overrides.NONE), Clock.systemUTC())) {
            Files.writeString(file, PROVIDERS);

            assertThat(exposed.reload().problems())
                    .extracting(Problem::path)
                    .containsExactly("server.host", "admin.token");
            assertThat(exposed.current().keys()).hasSize(1);
        }
    }

    @Test
    void a_listener_can_refuse() throws IOException {
        Config before = source.current();
        source.watch(Duration.ofHours(1), next -> {
            throw new ConfigException(List.of(new Problem("prices.yaml", 3, 1, "x", "is wrong")));
        });
        Files.writeString(file, PROVIDERS + "timezone: Asia/Tokyo\n");

        assertThat(source.reload().problems()).hasSize(1);
        assertThat(source.current()).isSameAs(before);
    }

    @Test
    void edits_are_noticed_while_watching() throws IOException {
        source.watch(Duration.ofMillis(5), next -> {});
        Files.writeString(file, PROVIDERS + "timezone: Asia/Tokyo\n");

        await().untilAsserted(() -> assertThat(source.current().timezone()).hasToString("Asia/Tokyo"));
    }
}
