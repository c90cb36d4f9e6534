package io.tollgate.server.e2e;

import static io.tollgate.server.e2e.Calls.STREAMED;
import static io.tollgate.server.gateway.TestGateway.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.server.fakeprovider.FakeProvider;
import io.tollgate.server.fakeprovider.FakeProviderOptions;
import io.tollgate.server.fakeprovider.behaviour.Behaviour;
import io.tollgate.server.gateway.RawAnswer;
import io.tollgate.server.gateway.RawCaller;
import io.tollgate.server.gateway.TestGateway;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Many streams at once: each caller gets its own bytes, all of them, and connections are used again. */
@Timeout(60)
@ExtendWith(NoLeaks.class)
class ConcurrencyTest {
    private static final int CALLERS = 300;
    private static final int ROUNDS = 3;
    private static final String ASKING =
            STREAMED.replace("\"stream\":true", "\"stream\":true,\"stream_options\":{\"include_usage\":true}");

    @Test
    void three_hundred_streams_at_once_lose_no_byte_and_share_the_connections_of_the_round_before() throws Exception {
        FakeProvider provider =
                FakeProvider.start(FakeProviderOptions.standard().keeping(0));
        for (int i = 0; i < CALLERS; i++) {
            String mark = "caller " + i + ".";
            provider.script(
                    request -> request.bodyText().contains(mark),
                    Behaviour.reply()
                            .body("text/event-stream", answer(i))
                            .splitEvery(500 + i)
                            .firstByteDelay(Duration.ofMillis(200)));
        }
        CountDownLatch ready = new CountDownLatch(CALLERS);
        try (TestGateway gateway = TestGateway.start("", provider, wiring -> wiring);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Long>> sums = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                int number = i;
                Callable<Long> caller = () -> ask(gateway, number, ready);
                sums.add(threads.submit(caller));
            }
            for (int i = 0; i < CALLERS; i++) {
                assertThat(sums.get(i).get()).as("checksum of caller " + i).isEqualTo(ROUNDS * checksum(answer(i)));
            }
            Calls.assertIdle(gateway);
            assertThat(provider.connectionsOpened()).isLessThanOrEqualTo(CALLERS);
            assertThat(gateway.rows(CALLERS * ROUNDS)).hasSize(CALLERS * ROUNDS);
            await().atMost(SOON)
                    .until(() -> gateway.get(gateway.server().adminUrl() + "/metrics")
                            .body()
                            .contains("tollgate_upstream_connections{state=\"idle\"} " + provider.openConnections()
                                    + ".0"));
        }
    }

    private static long ask(TestGateway gateway, int number, CountDownLatch ready) throws Exception {
        long sum = 0;
        try (RawCaller caller = new RawCaller(gateway.port())) {
            ready.countDown();
            ready.await();
            for (int round = 0; round < ROUNDS; round++) {
                RawAnswer answer = caller.post(
                                "/openai/v1/chat/completions", ASKING.replace("Hello there", "caller " + number + "."))
                        .answer();
                assertThat(answer.status()).as(answer.text()).isEqualTo(200);
                sum += checksum(answer.body());
            }
        }
        return sum;
    }

    /** Some 20 to 60 KB of events that no other caller gets. */
    private static byte[] answer(int number) {
        Random random = new Random(number);
        StringBuilder events = new StringBuilder();
        for (int i = 20 + random.nextInt(40); i > 0; i--) {
            events.append("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"");
            for (int j = 0; j < 1000; j++) {
                events.append((char) ('a' + random.nextInt(26)));
            }
            events.append("\"}}]}\n\n");
        }
        return events.append("data: [DONE]\n\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static long checksum(byte[] bytes) {
        CRC32 sum = new CRC32();
        sum.update(bytes);
        return sum.getValue();
    }
}
