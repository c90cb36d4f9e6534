package io.tollgate.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.server.accesslog.AccessFormat;
import io.tollgate.server.accesslog.AccessLog;
import io.tollgate.server.config.ConfigLoader;
import io.tollgate.server.config.Overrides;
import io.tollgate.server.fakeprovider.FakeProvider;
import io.tollgate.server.serve.GatewayServer;
import io.tollgate.server.serve.Wiring;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What is provisioned and documented about metrics, held against what a running gateway exposes after a few calls. */
class ProvisionedDashboardTest {
    private static final Path ROOT = root();
    private static final Path DASHBOARD = ROOT.resolve("docker/grafana/dashboards/tollgate.json");
    private static final Path RULES = ROOT.resolve("docker/prometheus/rules.yml");
    private static final Path DOCUMENTED = ROOT.resolve("docs/metrics.md");

    /** Made by Prometheus itself. */
    private static final Set<String> OF_PROMETHEUS = Set.of("up");

    private static final Set<String> LABELS_OF_PROMETHEUS = Set.of("job", "instance");
    private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((.+), (\\w+)\\)");
    private static final Pattern TABLE_NAME = Pattern.compile("`((?:tollgate|gen_ai)_\\w+)`");

    @TempDir
    static Path data;

    private static Scrape scrape = new Scrape(Map.of(), Map.of());

    @BeforeAll
    static void make_a_few_calls() throws Exception {
        try (FakeProvider provider = FakeProvider.start();
                HttpClient client = HttpClient.newHttpClient()) {
            String yaml = """
                    server: {port: 0}
                    admin: {port: 0}
                    data_dir: '%s'
                    providers:
                      openai: {dialect: openai, base_url: '%s'}
                      anthropic: {dialect: anthropic, base_url: '%s'}
                    """.formatted(data, provider.url(), provider.url());
            var config = new ConfigLoader(name -> null, Overrides.NONE).parse("test.yaml", yaml, data);
            Wiring wiring = Wiring.DEFAULT.with(new AccessLog(AccessFormat.JSON, OutputStream.nullOutputStream()));
            try (GatewayServer gateway = GatewayServer.start(config.config(), wiring)) {
                String messages = "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
                post(client, gateway, "/v1/chat/completions", "{\"model\":\"gpt-4o-mini\"," + messages);
                post(client, gateway, "/v1/chat/completions", "{\"model\":\"nobody-prices-me\"," + messages);
                post(client, gateway, "/v1/messages", "{\"model\":\"claude-haiku-4-5\",\"max_tokens\":9," + messages);
                URI metrics = URI.create(gateway.adminUrl() + "/metrics");
                // A call is counted when it is over, a moment after its answer was read.
                String text = await().until(
                                () -> client.send(
                                                HttpRequest.newBuilder(metrics).build(),
                                                HttpResponse.BodyHandlers.ofString())
                                        .body(),
                                scraped -> scraped.lines()
                                                .filter(line -> line.startsWith("tollgate_requests_total{"))
                                                .count()
                                        == 3);
                scrape = Scrape.read(text);
            }
        }
    }

    private static void post(HttpClient client, GatewayServer gateway, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(gateway.url() + path))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void the_dashboard_uses_only_metrics_and_labels_there_are() throws Exception {
        List<String> expressions = strings(DASHBOARD, "expr");

        assertThat(expressions).hasSizeGreaterThan(20);
        assertThat(unknownIn(expressions)).isEmpty();
    }

    @Test
    void the_dashboards_variables_offer_values_of_labels_there_are() throws Exception {
        List<String> queries = strings(DASHBOARD, "definition");

        assertThat(queries).hasSize(2);
        assertThat(unknownIn(queries.stream()
                        .map(LABEL_VALUES::matcher)
                        .peek(query -> assertThat(query.matches()).isTrue())
                        .map(query -> "sum by (" + query.group(2) + ") (" + query.group(1) + ")")
                        .toList()))
                .isEmpty();
    }

    @Test
    void the_alert_rules_use_only_metrics_and_labels_there_are() throws Exception {
        List<String> expressions = strings(RULES, "expr");

        assertThat(expressions).hasSize(10);
        assertThat(unknownIn(expressions)).isEmpty();
    }

    @Test
    void a_metric_or_a_label_that_is_not_there_is_found() {
        assertThat(unknownIn(List.of(
                        "rate(tollgate_request_total[5m])",
                        "tollgate_requests_total{model=\"x\"}",
                        "sum by (team) (tollgate_requests_total)")))
                .containsExactly("tollgate_request_total", "tollgate_requests_total{model}", "by (team)");
    }

    @Test
    void every_metric_of_the_gateway_is_documented_with_its_kind_and_no_other() throws Exception {
        Map<String, String> documented = new TreeMap<>();
        for (String line : Files.readAllLines(DOCUMENTED)) {
            String[] cells = line.split("\\|");
            if (line.startsWith("| `") && cells.length > 3) {
                Matcher names = TABLE_NAME.matcher(cells[1]);
                while (names.find()) {
                    documented.put(names.group(1), cells[2].strip());
                }
            }
        }

        // A timer's or summary's maximum is a family of its own to Prometheus; the page says so once for all.
        Map<String, String> exposed = scrape.kinds().entrySet().stream()
                .filter(family -> family.getKey().matches("(tollgate|gen_ai)_.*(?<!_max)"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, TreeMap::new));
        assertThat(documented).isEqualTo(exposed);
    }

    /** Names the gateway exposes nothing of. */
    private static List<String> unknownIn(List<String> expressions) {
        List<String> unknown = new ArrayList<>();
        for (String promQl : expressions) {
            Expressions found = Expressions.of(promQl);
            Set<String> labels = new TreeSet<>(LABELS_OF_PROMETHEUS);
            found.selected().forEach((metric, selectedBy) -> {
                Set<String> known = OF_PROMETHEUS.contains(metric)
                        ? LABELS_OF_PROMETHEUS
                        : scrape.labels().get(metric);
                if (known == null) {
                    unknown.add(metric);
                    return;
                }
                labels.addAll(known);
                selectedBy.stream()
                        .filter(label -> !known.contains(label) && !LABELS_OF_PROMETHEUS.contains(label))
                        .forEach(label -> unknown.add(metric + "{" + label + "}"));
            });
            found.grouped().stream()
                    .filter(label -> !labels.contains(label))
                    .forEach(label -> unknown.add("by (" + label + ")"));
        }
        return unknown;
    }

    /** All values of this key, at any depth. JSON is read as the YAML it also is. */
    private static List<String> strings(Path file, String key) throws Exception {
        List<String> found = new ArrayList<>();
        collect(new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file)), key, found);
        return found;
    }

    private static void collect(Object node, String key, List<String> found) {
        if (node instanceof Map<?, ?> map) {
            map.forEach((name, value) -> {
                if (name.equals(key)) {
                    found.add(String.valueOf(value));
                } else {
                    collect(value, key, found);
                }
            });
        } else if (node instanceof List<?> list) {
            list.forEach(element -> collect(element, key, found));
        }
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isRegularFile(folder.resolve("tollgate"))) {
            Path parent = folder.getParent();
            if (parent == null) {
                throw new IllegalStateException(
                        "no launcher above " + Path.of("").toAbsolutePath());
            }
            folder = parent;
        }
        return folder;
    }
}
