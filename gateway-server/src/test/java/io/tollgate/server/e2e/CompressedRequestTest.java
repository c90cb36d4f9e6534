package io.tollgate.server.e2e;

import static io.tollgate.server.e2e.Calls.CHAT;
import static io.tollgate.server.e2e.Calls.PLAIN;
import static org.assertj.core.api.Assertions.assertThat;

import com.aayushatharva.brotli4j.encoder.Encoder;
import com.github.luben.zstd.Zstd;
import io.netty.handler.codec.compression.Brotli;
import io.tollgate.server.gateway.RawAnswer;
import io.tollgate.server.gateway.RawCaller;
import io.tollgate.server.gateway.TestGateway;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compressed requests are read as what they mean, and bombs are defused. */
@Timeout(60)
@ExtendWith(NoLeaks.class)
class CompressedRequestTest {
    private static TestGateway gateway;

    @BeforeAll
    static void start() throws Throwable {
        Brotli.ensureAvailability();
        gateway = TestGateway.start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @AfterEach
    void the_gateway_goes_on_and_holds_nothing() throws Exception {
        Calls.assertServing(gateway);
    }

    private static byte[] compressed(String encoding, byte[] plain) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        switch (encoding) {
            case "br" -> out.writeBytes(Encoder.compress(plain, new Encoder.Parameters().setQuality(5)));
            case "zstd" -> out.writeBytes(Zstd.compress(plain));
            case "deflate" -> {
                try (var deflating = new DeflaterOutputStream(out)) {
                    deflating.write(plain);
                }
            }
            default -> {
                try (var zipping = new GZIPOutputStream(out)) {
                    zipping.write(plain);
                }
            }
        }
        return out.toByteArray();
    }

    private static RawAnswer answerTo(String encoding, byte[] body) throws IOException {
        try (RawCaller caller = new RawCaller(gateway.port())) {
            return caller.say("POST " + CHAT + " HTTP/1.1\r\nhost: x\r\ncontent-encoding: " + encoding
                            + "\r\ncontent-length: " + body.length + "\r\n\r\n")
                    .say(body)
                    .answer();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "x-gzip", "GZIP", "deflate", "br", "zstd"})
    void a_compressed_request_goes_on_as_what_it_means(String encoding) throws Exception {
        String small = PLAIN;
        String large = PLAIN.replace("Hello there", "All work and no play. ".repeat(20_000)); // 440 KB from a few KB
        for (String text : new String[] {small, large}) {
            byte[] plain = text.getBytes(StandardCharsets.UTF_8);
            RawAnswer answer = answerTo(encoding, compressed(encoding, plain));
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            assertThat(gateway.provider().requests().last().body()).isEqualTo(plain);
            assertThat(gateway.provider().requests().last().header("content-encoding"))
                    .isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "br", "zstd"})
    void a_few_kilobytes_that_mean_many_megabytes_are_a_413_at_once(String encoding) throws Exception {
        byte[] bomb = compressed(encoding, new byte[64 << 20]);
        long started = System.nanoTime();
        RawAnswer answer = answerTo(encoding, bomb);
        assertThat(answer.status()).as(answer.text()).isEqualTo(413);
        assertThat(answer.text()).contains("request_too_large");
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "br", "zstd"})
    void bytes_that_are_not_of_the_stated_encoding_are_refused(String encoding) throws Exception {
        byte[] whole = compressed(encoding, PLAIN.repeat(50).getBytes(StandardCharsets.UTF_8));
        byte[] spoilt = whole.clone();
        for (int i = 2; i < spoilt.length; i += 3) {
            spoilt[i] ^= 0x55;
        }
        byte[] cut = Arrays.copyOf(whole, whole.length / 2);
        for (byte[] body : new byte[][] {PLAIN.getBytes(StandardCharsets.UTF_8), spoilt, cut, {}}) {
            RawAnswer answer = answerTo(encoding, body);
            assertThat(answer.status()).as(answer.text()).isEqualTo(400);
            assertThat(answer.text()).contains("invalid_request_error");
        }
        assertThat(gateway.provider().requests().total()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"compress", "gzip, br", "gzip, gzip", "identity, gzip", "snappy", "\"gzip\""})
    void an_encoding_that_is_not_known_is_named_in_the_refusal(String encoding) throws Exception {
        RawAnswer answer = answerTo(encoding, PLAIN.getBytes(StandardCharsets.UTF_8));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("expected Content-Encoding gzip, deflate, br, zstd or none");
    }
}
