package io.tollgate.server.e2e;

import static io.tollgate.server.e2e.Calls.PLAIN;
import static io.tollgate.server.e2e.Calls.STREAMED;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.netty.util.ResourceLeakDetector;
import io.tollgate.server.fakeprovider.FakeProvider;
import io.tollgate.server.fakeprovider.FakeProviderOptions;
import io.tollgate.server.fakeprovider.behaviour.Behaviour;
import io.tollgate.server.gateway.RawCaller;
import io.tollgate.server.gateway.TestGateway;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the event loops allocate for a call and for a chunk of a stream. The bounds are about twice what is measured: they
 * catch what grows with a body or copies a chunk, not a few bytes more. Leak detection is off, for it allocates.
 */
@Timeout(60)
class AllocationTest {
    private static final Logger log = LoggerFactory.getLogger(AllocationTest.class);
    private static final int ROUNDS = 6;
    private static final String CHAT = "/openai/v1/chat/completions";
    private static final String ASKING =
            STREAMED.replace("\"stream\":true", "\"stream\":true,\"stream_options\":{\"include_usage\":true}");
    private static final String EVENT =
            "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"gpt-4o-mini\",\"choices\":"
                    + "[{\"index\":0,\"delta\":{\"content\":\" word\"},\"finish_reason\":null}]}\n\n";

    private static ResourceLeakDetector.Level levelBefore = ResourceLeakDetector.getLevel();
    private static TestGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        levelBefore = ResourceLeakDetector.getLevel();
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
        gateway = TestGateway.start(
                "", FakeProvider.start(FakeProviderOptions.standard().keeping(0)), wiring -> wiring);
    }

    @AfterAll
    static void stop() {
        gateway.close();
        ResourceLeakDetector.setLevel(levelBefore);
    }

    @Test
    void a_call_costs_no_more_than_its_own_small_objects() throws Exception {
        plays(Behaviour.reply()
                .body("application/json", "{\"id\":\"c\",\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":9}}"));
        long small = perCall(PLAIN, 300);
        String large = PLAIN.replace("Hello there", "All work and no play. ".repeat(20_000)); // 440 KB
        long ofLarge = perCall(large, 20);
        log.info("allocated per call: {} bytes, with a body of {} bytes: {} bytes", small, large.length(), ofLarge);
        assertThat(small).isPositive().isLessThan(36 * 1024);
        assertThat(ofLarge - small).isLessThan(large.length() / 4);
    }

    @Test
    void a_chunk_of_a_stream_costs_next_to_nothing() throws Exception {
        plays(stream(200));
        long few = perCall(ASKING, 15);
        plays(stream(2200));
        long many = perCall(ASKING, 5);
        long perChunk = (many - few) / 2000;
        log.info("allocated per chunk of {} bytes with one event: {} bytes", EVENT.length(), perChunk);
        assertThat(perChunk).isBetween(0L, 8L * 1024);
    }

    @Test
    void an_answer_of_megabytes_is_not_copied() throws Exception {
        String large = EVENT.replace("word", "All work and no play. ".repeat(400)); // 9 KB
        String answer = large.repeat((8 << 20) / large.length());
        plays(Behaviour.reply().body("text/event-stream", answer));
        long perAnswer = perCall(ASKING, 3);
        log.info("allocated for a stream of {} bytes: {} bytes", answer.length(), perAnswer);
        assertThat(perAnswer).isLessThan(answer.length() / 4);
    }

    private static void plays(Behaviour behaviour) {
        gateway.provider().rules().clear();
        gateway.provider().script(request -> true, behaviour);
    }

    /** So many events, each a chunk of HTTP and most of them a packet. */
    private static Behaviour stream(int events) {
        return Behaviour.reply().body("text/event-stream", EVENT.repeat(events)).splitEvery(EVENT.length());
    }

    /** Bytes that all event loops together allocated per call: the least of some rounds, for the first ones warm up. */
    private static long perCall(String body, int calls) throws Exception {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long before = allocatedByLoops();
            for (int i = 0; i < calls; i++) {
                ask(body);
            }
            least = Math.min(least, (allocatedByLoops() - before) / calls);
        }
        return least;
    }

    /**
     * In HTTP/1.0, whose answers have no chunks: the line ends between chunks are one static buffer of Netty's, and where
     * leak detection was on when it was made, as in this build, its every use allocates a stack trace.
     */
    private static void ask(String body) throws Exception {
        try (RawCaller caller = new RawCaller(gateway.port())) {
            caller.say("POST " + CHAT + " HTTP/1.0\r\ncontent-length: " + body.length() + "\r\n\r\n" + body);
            assertThat(caller.drain()).isPositive();
        }
    }

    private static long allocatedByLoops() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = 0;
        for (ThreadInfo thread : threads.dumpAllThreads(false, false, 0)) {
            if (thread.getThreadName().startsWith("tollgate-loop")) {
                allocated += threads.getThreadAllocatedBytes(thread.getThreadId());
            }
        }
        assertThat(allocated).isPositive();
        return allocated;
    }
}
