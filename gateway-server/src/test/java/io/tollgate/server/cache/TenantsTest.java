package io.tollgate.server.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.server.e2e.NoLeaks;
import io.tollgate.server.fakeprovider.FakeProvider;
import io.tollgate.server.fakeprovider.behaviour.Behaviour;
import io.tollgate.server.gateway.RawAnswer;
import io.tollgate.server.gateway.RawCaller;
import io.tollgate.server.gateway.TestGateway;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tenants that ask the same questions at the same time. The provider puts each one's mark into the answer. */
@ExtendWith(NoLeaks.class)
class TenantsTest {
    private static final int TENANTS = 50;
    private static final int QUESTIONS = 3;
    private static final Pattern CONTENT = Pattern.compile("\"content\":\"([^\"]*)\"");
    /** A minute with {@code -Dtollgate.tenants.seconds=60}. */
    private static final Duration DURATION = Duration.ofSeconds(Integer.getInteger("tollgate.tenants.seconds", 8));

    private static String mark(int tenant) {
        return "tenant-" + (char) ('a' + tenant / 26) + (char) ('a' + tenant % 26) + "-mark";
    }

    /** What a tenant's key is, or the provider's credential where there are no keys. */
    private static String key(int tenant) {
        return "tg-tenant-" + tenant + "-0123456789abcdef";
    }

    private static String keys() throws Exception {
        StringBuilder yaml = new StringBuilder("keys:\n");
        for (int i = 0; i < TENANTS; i++) {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(key(i).getBytes(StandardCharsets.UTF_8));
            yaml.append("  - {id: t")
                    .append(i)
                    .append(", hash: \"sha256:")
                    .append(HexFormat.of().formatHex(hash))
                    .append("\", tags: {team: ")
                    .append(mark(i))
                    .append("}}\n");
        }
        return yaml.toString();
    }

    private static FakeProvider marking(boolean byKey) {
        FakeProvider provider = FakeProvider.start();
        for (int i = 0; i < TENANTS; i++) {
            String told = byKey ? mark(i) : key(i);
            provider.script(
                    request -> byKey
                            ? told.equals(request.header("x-mark"))
                            : ("Bearer " + told).equals(request.header("authorization")),
                    Behaviour.reply().text("this is for " + mark(i) + " alone").firstByteDelay(Duration.ofMillis(3)));
        }
        return provider;
    }

    @Test
    void nobody_is_given_another_keys_answer() throws Exception {
        run(marking(true), keys(), true);
    }

    @Test
    void nobody_is_given_the_answer_to_another_credential() throws Exception {
        run(marking(false), "", false);
    }

    private static void run(FakeProvider provider, String keys, boolean byKey) throws Exception {
        // answers live briefly, so that all the time some are found, some are shared and some are bought
        String cache = "cache: {exact: {enabled: true, ttl: 1500ms}}\n";
        try (TestGateway gateway = TestGateway.start(keys + cache, provider, wiring -> wiring);
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            long until = System.nanoTime() + DURATION.toNanos() / 2;
            List<Future<int[]>> asking = new ArrayList<>();
            for (int i = 0; i < 2 * TENANTS; i++) {
                int tenant = i / 2; // two connections each
                int seed = i;
                asking.add(
                        callers.submit((Callable<int[]>) () -> ask(gateway, tenant, byKey, new Random(seed), until)));
            }
            int[] seen = new int[3];
            for (Future<int[]> each : asking) {
                for (int i = 0; i < seen.length; i++) {
                    seen[i] += each.get()[i];
                }
            }
            assertThat(seen[0]).as("hits").isPositive();
            assertThat(seen[1]).as("coalesced").isPositive();
            assertThat(seen[2]).as("misses").isPositive();
        }
    }

    private static int[] ask(TestGateway gateway, int tenant, boolean byKey, Random random, long until)
            throws Exception {
        int[] seen = new int[3];
        try (RawCaller caller = new RawCaller(gateway.port())) {
            while (System.nanoTime() < until) {
                String stream = random.nextBoolean() ? ",\"stream\":true" : "";
                String ask = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"question "
                        + random.nextInt(QUESTIONS) + "\"}]" + stream + "}";
                RawAnswer answer = caller.post(
                                "/v1/chat/completions",
                                ask,
                                "authorization: Bearer " + key(tenant),
                                byKey ? "x-mark: " + mark(tenant) : "x-other: x")
                        .answer();
                assertThat(answer.status()).as(answer.text()).isEqualTo(200);
                assertMarked(answer.text(), tenant);
                switch (Objects.requireNonNull(answer.header("x-tollgate-cache"))) {
                    case "hit" -> seen[0]++;
                    case "coalesced" -> seen[1]++;
                    default -> seen[2]++;
                }
            }
        }
        return seen;
    }

    /** A stream cuts the mark into pieces. */
    private static void assertMarked(String text, int tenant) {
        String said = CONTENT.matcher(text).results().map(each -> each.group(1)).collect(Collectors.joining());
        assertThat(said).isEqualTo("this is for " + mark(tenant) + " alone");
    }
}
