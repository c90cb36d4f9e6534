package io.tollgate.server.fakeprovider.script;

import io.tollgate.server.config.yaml.ScalarType;
import io.tollgate.server.config.yaml.ScalarTypes;
import io.tollgate.server.config.yaml.YamlObject;
import io.tollgate.server.fakeprovider.answer.UsageMode;
import io.tollgate.server.fakeprovider.behaviour.Behaviour;
import io.tollgate.server.fakeprovider.behaviour.Manner;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.BiFunction;

/**
 * What a rule answers. Content: {@code status text tokens usage message body content_type headers retry_after}. Time:
 * {@code delay first_byte_delay pace}. Form: {@code gzip crlf closes close_delimited before_body endless_head
 * endless_body}. On the wire: {@code split_bytes comment_every content_length garbage} and the cuts of
 * {@link ScriptedCut}.
 */
final class ScriptedResponse {
    private static final ScalarType<String> ANY_TEXT = new ScalarType<>("text", "", text -> text);
    private static final ScalarType<String> HEADER_VALUE = ScalarTypes.STRING;
    private static final int MOST_TOKENS = 10_000_000;

    private final YamlObject yaml;
    private Behaviour behaviour;

    private ScriptedResponse(YamlObject yaml, Behaviour ordinary) {
        this.yaml = yaml;
        this.behaviour = ordinary;
    }

    static Behaviour read(YamlObject yaml, Behaviour ordinary) {
        ScriptedResponse response = new ScriptedResponse(yaml, ordinary);
        response.readContent();
        response.readTime();
        response.readWire();
        return ScriptedCut.read(yaml, response.behaviour);
    }

    private void readContent() {
        change("status", ScalarTypes.integer(200, 599), Behaviour::withStatus);
        change("text", ANY_TEXT, Behaviour::text);
        change("tokens", ScalarTypes.integer(0, MOST_TOKENS), Behaviour::tokens);
        change("usage", ScalarTypes.oneOf(UsageMode.class), Behaviour::usage);
        change("message", ScalarTypes.STRING, Behaviour::message);
        String type = yaml.value("content_type", HEADER_VALUE).orElse("application/json");
        change("body", ANY_TEXT, (to, body) -> to.body(type, body));
        YamlObject headers = yaml.object("headers");
        for (String name : headers.keys()) {
            behaviour = behaviour.header(name, headers.value(name, HEADER_VALUE).orElse(""));
        }
        change("retry_after", HEADER_VALUE, Behaviour::retryAfter);
    }

    private void readTime() {
        change("delay", ScalarTypes.DURATION, Behaviour::delay);
        change("first_byte_delay", ScalarTypes.DURATION, Behaviour::firstByteDelay);
        change("pace", ScalarTypes.DURATION, Behaviour::pace);
    }

    private void readWire() {
        for (Manner manner : Manner.values()) {
            change(
                    manner.name().toLowerCase(Locale.ROOT),
                    ScalarTypes.BOOLEAN,
                    (to, wanted) -> wanted ? to.in(manner) : to);
        }
        change("split_bytes", ScalarTypes.integer(1, 1 << 20), Behaviour::splitEvery);
        change("comment_every", ScalarTypes.integer(1, 1_000_000), Behaviour::commentEvery);
        change("content_length", ScalarTypes.integer(0, Integer.MAX_VALUE), (to, length) -> to.contentLength(length));
        change("garbage", ANY_TEXT, (to, garbage) -> to.garbage(garbage.getBytes(StandardCharsets.UTF_8)));
    }

    private <T> void change(String key, ScalarType<T> type, BiFunction<Behaviour, T, Behaviour> change) {
        T value = yaml.value(key, type).orNull();
        if (value != null) {
            behaviour = change.apply(behaviour, value);
        }
    }
}
