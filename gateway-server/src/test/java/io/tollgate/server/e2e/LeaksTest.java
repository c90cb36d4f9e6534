package io.tollgate.server.e2e;

import static io.tollgate.server.e2e.Calls.CHAT;
import static io.tollgate.server.e2e.Calls.PLAIN;
import static io.tollgate.server.e2e.Calls.STREAMED;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import io.tollgate.server.fakeprovider.behaviour.Behaviour;
import io.tollgate.server.fakeprovider.behaviour.Manner;
import io.tollgate.server.gateway.RawCaller;
import io.tollgate.server.gateway.TestGateway;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** However calls go wrong, on either side, no buffer is lost. */
@Timeout(60)
@ExtendWith(NoLeaks.class)
class LeaksTest {
    private static final String LOST = "lost on purpose by a test";
    private static final List<Behaviour> FAULTS = List.of(
            Behaviour.reply(),
            Behaviour.reply().in(Manner.GZIP),
            Behaviour.reply().in(Manner.CLOSES),
            Behaviour.reply().in(Manner.CLOSE_DELIMITED),
            Behaviour.reply().splitEvery(7),
            Behaviour.reply().tokens(2000).in(Manner.BEFORE_BODY),
            Behaviour.reply().resetBeforeHead(),
            Behaviour.reply().resetAfterHead(),
            Behaviour.reply().tokens(50).resetAfterEvents(5),
            Behaviour.reply().tokens(50).in(Manner.GZIP).resetAfterEvents(5),
            Behaviour.reply().tokens(50).closeAfterEvents(5),
            Behaviour.reply().contentLength(1_000_000),
            Behaviour.reply().garbage("HTTP/9 what\r\n\r\n".getBytes(StandardCharsets.UTF_8)),
            Behaviour.reply().body("text/event-stream", new byte[300_000]),
            Behaviour.status(429).retryAfter("1"),
            Behaviour.status(500));

    @Test
    void no_buffer_is_lost_in_whatever_goes_wrong() throws Exception {
        long seed = 42;
        Random random = new Random(seed);
        try (TestGateway gateway = TestGateway.start()) {
            for (int i = 0; i < 320; i++) {
                gateway.provider().enqueue(FAULTS.get(i % FAULTS.size()));
                ask(gateway, random, i / FAULTS.size());
                gateway.provider().rules().clear();
            }
            try (Http2Caller http2 = new Http2Caller(gateway.port())) {
                for (int i = 0; i < 4 * FAULTS.size(); i++) {
                    gateway.provider().enqueue(FAULTS.get(i % FAULTS.size()));
                    Http2Caller.Stream stream = http2.post(CHAT, i % 2 == 0 ? PLAIN : STREAMED);
                    if (i % 3 == 0) {
                        stream.cancel();
                    } else {
                        stream.await();
                    }
                    gateway.provider().rules().clear();
                }
            }
            Calls.assertServing(gateway);
        }
    }

    private static void ask(TestGateway gateway, Random random, int way) throws IOException {
        try (RawCaller caller = new RawCaller(gateway.port())) {
            String body = random.nextBoolean() ? PLAIN : STREAMED;
            switch (way % 4) {
                case 0 -> caller.post(CHAT, body, "connection: close").drain();
                case 1 -> caller.post(CHAT, body).reset();
                case 2 -> {
                    caller.post(CHAT, body).post(CHAT, body);
                    caller.readTo("\r\n\r\n");
                    caller.reset();
                }
                default ->
                    caller.say("POST " + CHAT
                                    + " HTTP/1.1\r\nhost: x\r\ncontent-encoding: br\r\ncontent-length: 99\r\n\r\n"
                                    + body.substring(0, random.nextInt(body.length())))
                            .reset();
            }
        } catch (IOException e) {
            assertThat(e).as("only what was provoked").hasMessageMatching("(?i).*(reset|closed|broken).*");
        }
    }

    @Test
    void a_lost_buffer_is_noticed() {
        NoLeaks leaks = new NoLeaks();
        leaks.listen();
        lose();
        assertThat(leaks.told()).anyMatch(message -> message.contains("LEAK") && message.contains(LOST));
        leaks.stopListening();
    }

    private static void lose() {
        ByteBufAllocator.DEFAULT.directBuffer(8).touch(LOST);
    }
}
