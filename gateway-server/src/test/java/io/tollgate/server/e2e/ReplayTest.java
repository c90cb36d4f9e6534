package io.tollgate.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tollgate.budget.usagelog.UsageRow;
import io.tollgate.core.usage.UsageSource;
import io.tollgate.server.fakeprovider.behaviour.Behaviour;
import io.tollgate.server.fakeprovider.traffic.ReceivedRequest;
import io.tollgate.server.gateway.RawAnswer;
import io.tollgate.server.gateway.RawCaller;
import io.tollgate.server.gateway.TestGateway;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every recorded call of real providers, asked and answered again with the gateway in between. */
@ExtendWith(NoLeaks.class)
class ReplayTest {
    private static final Logger log = LoggerFactory.getLogger(ReplayTest.class);
    private static final long SEED = 20_261_121;
    private static final Set<String> FRAMING = Set.of(
            "connection",
            "keep-alive",
            "transfer-encoding",
            "content-length",
            "content-encoding",
            "trailer",
            "te",
            "upgrade",
            "proxy-connection",
            "proxy-authenticate",
            "date");
    private static final Set<String> OWN_OF_A_CALL =
            Set.of("host", "connection", "content-length", "transfer-encoding", "accept-encoding", "keep-alive");
    private static final String ASKED = "\"stream_options\":{\"include_usage\":true}";

    @Test
    void every_recorded_call_passes_byte_for_byte_and_is_metered_as_its_answer_says() throws Exception {
        Path folder = Recording.folder();
        assumeThat(folder)
                .as("skipped: no folder shared/recorded beside the checkout (TOLLGATE_SHARED names it elsewhere)")
                .isNotNull();
        if (folder == null) {
            return;
        }
        List<Recording> calls = Recording.all(folder);
        assertThat(calls).isNotEmpty();
        Map<String, Recording> byRequestId = new LinkedHashMap<>();
        int edited = 0;
        int asked = 0;
        try (TestGateway gateway = TestGateway.start(providers(calls));
                RawCaller caller = new RawCaller(gateway.port())) {
            Random random = new Random(SEED);
            for (Recording call : calls) {
                gateway.provider().enqueue(played(call, random));
                caller.say(request(call));
                RawAnswer answer = caller.answer();
                assertThat(gateway.provider().requests().total())
                        .as("%s: %s", call, answer.text())
                        .isEqualTo(++asked);
                ReceivedRequest received = gateway.provider().requests().last();
                boolean usageAskedFor = assertAsked(call, received);
                edited += usageAskedFor ? 1 : 0;
                assertAnswered(call, answer, usageAskedFor);
                byRequestId.put(answer.header("x-tollgate-request-id"), call);
            }
            assertThat(byRequestId).hasSize(calls.size());
            List<UsageRow> rows = gateway.rows(calls.size());
            assertThat(rows).hasSize(calls.size());
            assertMetered(byRequestId, rows, edited);
        }
    }

    static String providers(List<Recording> calls) {
        StringBuilder yaml = new StringBuilder("providers:\n");
        calls.stream()
                .map(Recording::provider)
                .distinct()
                .forEach(name -> yaml.append("  ")
                        .append(name)
                        .append(": {dialect: ")
                        .append(
                                switch (name) {
                                    case "anthropic" -> "anthropic";
                                    case "gemini", "vertex" -> "gemini";
                                    default -> "openai";
                                })
                        .append(", base_url: PROVIDER}\n"));
        return yaml.toString();
    }

    static Behaviour played(Recording call, Random random) {
        Behaviour played = Behaviour.reply().withStatus(call.status()).body(call.contentType(), call.answer());
        for (Map.Entry<String, String> header : call.answerHeaders()) {
            if (!FRAMING.contains(header.getKey()) && !header.getKey().equals("content-type")) {
                played = played.header(header.getKey(), header.getValue());
            }
        }
        return call.contentType().contains("stream") ? played.splitEvery(1 + random.nextInt(3000)) : played;
    }

    static byte[] request(Recording call) {
        StringBuilder head = new StringBuilder(
                call.method() + " /" + call.provider() + call.target() + " HTTP/1.1\r\nHost: gateway\r\n");
        for (Map.Entry<String, String> header : call.headers()) {
            if (!OWN_OF_A_CALL.contains(header.getKey())) {
                head.append(header.getKey())
                        .append(": ")
                        .append(header.getValue())
                        .append("\r\n");
            }
        }
        head.append("Content-Length: ").append(call.body().length).append("\r\n\r\n");
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        request.writeBytes(call.body());
        return request.toByteArray();
    }

    /** Whether the usage was asked for in the caller's stead, which is the only edit there may be. */
    private static boolean assertAsked(Recording call, ReceivedRequest received) {
        assertThat(received.method()).as(call.toString()).isEqualTo(call.method());
        assertThat(received.uri()).as(call.toString()).isEqualTo(call.target());
        assertThat(passedOn(received.headers())).as(call.toString()).isEqualTo(passedOn(call.headers()));
        String original = new String(call.body(), StandardCharsets.UTF_8);
        boolean streamsSilently = Set.of("openai-chat", "openai-completions").contains(call.dialect())
                && original.replace(" ", "").contains("\"stream\":true")
                && !original.contains("\"include_usage\"");
        if (!streamsSilently) {
            assertThat(received.body()).as(call.toString()).isEqualTo(call.body());
            return false;
        }
        assertThat(received.bodyText()).as(call.toString()).contains(ASKED);
        assertThat(received.bodyText().replace("," + ASKED, "").replace(ASKED + ",", ""))
                .as(call.toString())
                .isEqualTo(original);
        return true;
    }

    private static List<String> passedOn(List<Map.Entry<String, String>> headers) {
        return headers.stream()
                .filter(header -> !OWN_OF_A_CALL.contains(header.getKey()))
                .map(header -> header.getKey() + ": " + header.getValue())
                .toList();
    }

    private static void assertAnswered(Recording call, RawAnswer answer, boolean asked) {
        assertThat(answer.status()).as(call.toString()).isEqualTo(call.status());
        if (asked) {
            assertThat(answer.text()).as(call.toString()).isEqualTo(withoutUnaskedUsage(call));
        } else {
            assertThat(answer.body()).as(call.toString()).isEqualTo(call.answer());
        }
        List<Map.Entry<String, String>> sent = new ArrayList<>(call.answerHeaders());
        sent.removeIf(header -> FRAMING.contains(header.getKey()));
        List<Map.Entry<String, String>> passed = new ArrayList<>(answer.headers());
        passed.removeIf(header -> FRAMING.contains(header.getKey())
                || header.getKey().startsWith("x-tollgate-")
                || (header.getKey().equals("content-type") && header.getValue().isEmpty())
                || (isAdded(header.getKey()) && !sent.contains(header)));
        assertThat(passed).as(call.toString()).containsExactlyInAnyOrderElementsOf(sent);
        assertThat(answer.header("x-tollgate-provider")).as(call.toString()).isEqualTo(call.provider());
    }

    private static boolean isAdded(String name) {
        return name.equals("x-accel-buffering") || name.equals("cache-control");
    }

    /** The recorded stream less the chunk that has no choices and a usage. */
    private static String withoutUnaskedUsage(Recording call) {
        return call.answerText()
                .lines()
                .filter(line -> line.startsWith("data:"))
                .filter(line -> line.replace(" ", "").contains("\"choices\":[],"))
                .filter(line -> line.replace(" ", "").contains("\"usage\":{"))
                .reduce(call.answerText(), (text, line) -> text.replace(line + "\n\n", ""));
    }

    private static void assertMetered(Map<String, Recording> calls, List<UsageRow> rows, int edited) {
        Map<String, Integer> replayed = new TreeMap<>();
        int told = 0;
        for (UsageRow row : rows) {
            Recording call = calls.get(row.requestId());
            assertThat(call).isNotNull();
            replayed.merge(row.call().dialect(), 1, Integer::sum);
            assertThat(row.status()).as(call.toString()).isEqualTo(call.status());
            assertThat(row.call().provider()).as(call.toString()).isEqualTo(call.provider());
            if (call.dialect().equals("tunnel")) {
                assertThat(row.call().dialect()).as(call.toString()).startsWith("tunnel");
                continue;
            }
            assertThat(row.call().dialect()).as(call.toString()).isEqualTo(call.dialect());
            ToldUsage usage = ToldUsage.in(call);
            UsageSource source = row.metered().report().source();
            if (usage == null || call.status() >= 300) {
                assertThat(source).as(call.toString()).isNotEqualTo(UsageSource.PROVIDER);
            } else {
                told++;
                assertThat(source).as(call.toString()).isEqualTo(UsageSource.PROVIDER);
                var metered = row.metered().report().usage();
                assertThat(new ToldUsage(metered.prompt(), metered.cacheRead(), metered.output()))
                        .as(call.toString())
                        .isEqualTo(usage);
            }
        }
        log.info(
                "replayed {} recorded calls, {} of them with a usage that was checked, {} asked for it by the gateway: {}",
                rows.size(),
                told,
                edited,
                replayed.entrySet().stream().map(Object::toString).collect(Collectors.joining(", ")));
        assertThat(told).isGreaterThan(rows.size() / 2);
    }
}
