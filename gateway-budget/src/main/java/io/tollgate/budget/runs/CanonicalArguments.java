package io.tollgate.budget.runs;

import io.tollgate.core.dialect.json.JsonSource;
import io.tollgate.core.http.RequestBody;
import io.tollgate.core.http.Span;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The fingerprint of a tool call's arguments as a value: the order of members, blanks, escapes, and how a number is
 * written ({@code 1}, {@code 1.0}, {@code 1e0}) make no difference. It is that of their canonical JSON, without the text:
 * the members of an object are added up, so that they need no sorting.
 */
final class CanonicalArguments {
    private static final long OBJECT = 0x6F626A65L;
    private static final long ARRAY = 0x61727261L;
    private static final long NUMBER = 0x6E756D62L;
    private static final long STRING = 0x73747269L;
    private static final long NONE = Fingerprint.mix(OBJECT, 0);

    private final JsonParser parser;

    private CanonicalArguments(JsonParser parser) {
        this.parser = parser;
    }

    /** Of what stands there: JSON, or a string that holds JSON as OpenAI writes it. No arguments are an empty object. */
    static long fingerprint(RequestBody body, @Nullable Span span) {
        if (span == null) {
            return NONE;
        }
        byte[] array = body.array();
        int offset = body.offset() + span.start();
        try {
            return array[offset] == '"' ? inString(array, offset, span.length()) : of(array, offset, span.length());
        } catch (JacksonException e) {
            return Fingerprint.mix(STRING, Fingerprint.of(array, offset, span.length())); // the model wrote no JSON
        }
    }

    private static long inString(byte[] array, int offset, int length) {
        try (JsonParser parser = JsonSource.open(array, offset, length)) {
            parser.nextToken();
            String text = parser.getString();
            byte[] inner = text.getBytes(StandardCharsets.UTF_8);
            return text.isBlank() ? NONE : of(inner, 0, inner.length);
        }
    }

    private static long of(byte[] json, int offset, int length) {
        try (JsonParser parser = JsonSource.open(json, offset, length)) {
            CanonicalArguments reader = new CanonicalArguments(parser);
            long value = reader.value(parser.nextToken());
            return parser.nextToken() == null ? value : Fingerprint.mix(value, Fingerprint.of(json, offset, length));
        }
    }

    /** Recursion is bounded by the parser's limit on nesting. */
    private long value(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING -> Fingerprint.mix(STRING, Fingerprint.of(parser.getString()));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser.getString());
            case VALUE_NULL -> NONE;
            default -> Fingerprint.mix(token.id(), 0);
        };
    }

    private long object() {
        long sum = 0;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            long name = Fingerprint.of(parser.currentName());
            sum += Fingerprint.mix(name, value(parser.nextToken()));
        }
        return Fingerprint.mix(OBJECT, sum);
    }

    private long array() {
        long hash = ARRAY;
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            hash = Fingerprint.mix(hash, value(token));
        }
        return hash;
    }

    private static long number(String text) {
        try {
            BigDecimal value = new BigDecimal(text);
            BigDecimal plain = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
            return Fingerprint.mix(
                    NUMBER + plain.scale(), Fingerprint.of(plain.unscaledValue().toString()));
        } catch (NumberFormatException | ArithmeticException e) {
            return Fingerprint.mix(NUMBER, Fingerprint.of(text)); // an exponent beyond any number
        }
    }
}
