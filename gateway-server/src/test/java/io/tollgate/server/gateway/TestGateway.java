package io.tollgate.server.gateway;

import static org.awaitility.Awaitility.await;

import io.tollgate.budget.report.LedgerReader;
import io.tollgate.budget.report.Period;
import io.tollgate.budget.usagelog.UsageRow;
import io.tollgate.server.config.Config;
import io.tollgate.server.config.ConfigException;
import io.tollgate.server.config.ConfigLoader;
import io.tollgate.server.config.Overrides;
import io.tollgate.server.fakeprovider.FakeProvider;
import io.tollgate.server.front.Patience;
import io.tollgate.server.serve.GatewayServer;
import io.tollgate.server.serve.Wiring;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;

/** A real gateway on a free port in front of a scripted provider, with a ledger of its own. */
public final class TestGateway implements AutoCloseable {
    public static final Duration SOON = Duration.ofSeconds(15);

    private static final Wiring WIRING =
            new Wiring(Clock.systemUTC(), System::nanoTime, null, null, Duration.ofSeconds(5), Patience.DEFAULT);

    private final FakeProvider provider;
    private final GatewayServer server;
    private final Path data;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private TestGateway(FakeProvider provider, GatewayServer server, Path data) {
        this.provider = provider;
        this.server = server;
        this.data = data;
    }

    public static TestGateway start() {
        return start("");
    }

    /** {@code more} is added to the configuration; {@code PROVIDER} in it stands for the provider's address. */
    public static TestGateway start(String more) {
        return start(more, FakeProvider.start(), wiring -> wiring);
    }

    /** In front of this provider, which it closes, and wired otherwise. */
    public static TestGateway start(String more, FakeProvider provider, UnaryOperator<Wiring> wiring) {
        try {
            return startOn(Files.createTempDirectory("tollgate-test"), more, provider, wiring);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** On this folder, which it deletes in the end. */
    public static TestGateway startOn(Path data, String more) {
        return startOn(data, more, FakeProvider.start(), wiring -> wiring);
    }

    private static TestGateway startOn(Path data, String more, FakeProvider provider, UnaryOperator<Wiring> wiring) {
        try {
            String providers = more.contains("providers:") ? "" : """
                    providers:
                      openai: {dialect: openai, base_url: PROVIDER, timeouts: {connect: 2s}}
                      anthropic: {dialect: anthropic, base_url: PROVIDER}
                      gemini: {dialect: gemini, base_url: PROVIDER}
                    """;
            String server = more.contains("server:") ? "" : "server: {port: 0, max_request: 1MiB}\n";
            Config config = config(server + providers + more, provider, data);
            return new TestGateway(provider, GatewayServer.start(config, wiring.apply(WIRING)), data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ConfigException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Config config(String yaml, FakeProvider provider, Path data) throws ConfigException {
        String admin = yaml.contains("admin:") ? "" : "admin: {port: 0}\n";
        String whole = (yaml + admin + "data_dir: " + data + "\n").replace("PROVIDER", provider.url());
        return new ConfigLoader(name -> null, Overrides.NONE)
                .parse("test.yaml", whole, data)
                .config();
    }

    /** Reloads with this configuration, whole but for the admin port and the ledger's folder. */
    public void reload(String yaml) throws ConfigException {
        server.reload(config(yaml, provider, data));
    }

    public FakeProvider provider() {
        return provider;
    }

    public GatewayServer server() {
        return server;
    }

    public String url() {
        return server.url();
    }

    public int port() {
        return URI.create(server.url()).getPort();
    }

    public HttpResponse<String> post(String path, String body, String... headers) throws Exception {
        return client.send(request(path, body, headers), HttpResponse.BodyHandlers.ofString());
    }

    public HttpRequest request(String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + path))
                .timeout(Duration.ofSeconds(30))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return request.build();
    }

    public HttpResponse<String> get(String url) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
    }

    public HttpClient client() {
        return client;
    }

    /** Reads the ledger, also when the gateway has left. */
    public LedgerReader ledger() {
        return new LedgerReader(data);
    }

    /** All rows of the ledger, oldest first, once there are at least {@code count}. */
    public List<UsageRow> rows(int count) {
        LedgerReader reader = new LedgerReader(data);
        return await().atMost(SOON).until(() -> all(reader), rows -> rows.size() >= count);
    }

    /** The one row of a request. */
    public UsageRow row(HttpResponse<?> response) {
        String id = response.headers().firstValue("x-tollgate-request-id").orElseThrow();
        LedgerReader reader = new LedgerReader(data);
        return await().atMost(SOON)
                .until(() -> reader.request(id), rows -> !rows.isEmpty())
                .getFirst();
    }

    private static List<UsageRow> all(LedgerReader reader) {
        return reader.requests(Period.EVER, java.util.Map.of(), 1000, null)
                .rows()
                .reversed();
    }

    @Override
    public void close() {
        server.close();
        provider.close();
        try (var files = Files.walk(data)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
