package io.tollgate.core.dialect.gemini;

import static io.tollgate.core.text.JsonString.quote;

import io.tollgate.core.dialect.RequestFacts;
import io.tollgate.core.dialect.StreamEnding;
import io.tollgate.core.dialect.json.JsonSource;
import io.tollgate.core.sse.SseFields;
import io.tollgate.core.usage.Usage;
import io.tollgate.core.usage.UsageReport;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Ends a stream: a last chunk with {@code finishReason} ({@code MAX_TOKENS} or {@code STOP}) for each candidate that has
 * none yet, and the usage. A stream of events ends in CR LF as Google's do; a JSON array is closed.
 */
final class GeminiEnding implements StreamEnding {
    private static final int MOST_CANDIDATES = 128;

    private final boolean array;
    private final SseFields fields = new SseFields();
    private final BitSet finished = new BitSet();
    private int candidates;
    private boolean any;
    private String model;
    private @Nullable String responseId;

    GeminiEnding(RequestFacts facts, boolean array) {
        this.array = array;
        this.candidates = Math.min(facts.answers(), MOST_CANDIDATES);
        this.model = facts.model() == null ? "" : facts.model();
    }

    @Override
    public void event(byte[] lent, int offset, int length) {
        if (array) {
            chunk(lent, offset, length);
        } else if (fields.read(lent, offset, length)) {
            chunk(fields.dataArray(), fields.dataOffset(), fields.dataLength());
        }
    }

    private void chunk(byte[] json, int offset, int length) {
        try (JsonParser parser = JsonSource.open(json, offset, length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return;
            }
            any = true;
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (name.equals("candidates")) {
                    candidates(parser, value);
                } else if (value == JsonToken.VALUE_STRING && name.equals("modelVersion")) {
                    model = parser.getString();
                } else if (value == JsonToken.VALUE_STRING && name.equals("responseId")) {
                    responseId = parser.getString();
                }
                parser.skipChildren();
            }
        } catch (JacksonException e) {
            return; // a broken chunk is the caller's to stumble over; it tells nothing
        }
    }

    private void candidates(JsonParser parser, JsonToken value) {
        if (value != JsonToken.START_ARRAY) {
            return;
        }
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            int index = 0;
            boolean ended = false;
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                JsonToken member = parser.nextToken();
                if (name.equals("index") && member == JsonToken.VALUE_NUMBER_INT) {
                    index = Math.clamp(parser.getLongValue(), 0, MOST_CANDIDATES - 1);
                } else if (name.equals("finishReason")) {
                    // Clients that ask for enums as integers get a number; 0 is "unspecified".
                    ended = member == JsonToken.VALUE_STRING
                            || (member == JsonToken.VALUE_NUMBER_INT && parser.getLongValue() != 0);
                }
                parser.skipChildren();
            }
            candidates = Math.max(candidates, index + 1);
            if (ended) {
                finished.set(index);
            }
        }
    }

    @Override
    public byte[] end(UsageReport report, Finish finish) {
        StringBuilder out = new StringBuilder(512);
        if (finished.cardinality() < candidates) {
            out.append(array ? any ? ",\r\n" : "[" : "data: ");
            chunk(out, report.usage(), finish == Finish.STOP ? "STOP" : "MAX_TOKENS");
            out.append(array ? "" : "\r\n\r\n");
        }
        return out.append(array ? "]" : "").toString().getBytes(StandardCharsets.UTF_8);
    }

    private void chunk(StringBuilder out, Usage usage, String reason) {
        out.append("{\"candidates\":[");
        String separator = "";
        for (int i = finished.nextClearBit(0); i < candidates; i = finished.nextClearBit(i + 1)) {
            out.append(separator)
                    .append("{\"content\":{\"parts\":[{\"text\":\"\"}],\"role\":\"model\"},")
                    .append("\"finishReason\":\"")
                    .append(reason)
                    .append("\",\"index\":")
                    .append(i)
                    .append('}');
            separator = ",";
        }
        out.append("],\"usageMetadata\":{\"promptTokenCount\":").append(usage.prompt());
        if (usage.cacheRead() > 0) {
            out.append(",\"cachedContentTokenCount\":").append(usage.cacheRead());
        }
        if (usage.reasoning() > 0) {
            out.append(",\"thoughtsTokenCount\":").append(usage.reasoning());
        }
        out.append(",\"candidatesTokenCount\":")
                .append(Math.max(0, usage.output() - usage.reasoning()))
                .append(",\"totalTokenCount\":")
                .append(usage.total())
                .append("},\"modelVersion\":")
                .append(quote(model));
        if (responseId != null) {
            out.append(",\"responseId\":").append(quote(responseId));
        }
        out.append('}');
    }
}
