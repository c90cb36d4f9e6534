package io.tollgate.core.dialect.openai;

import static io.tollgate.core.text.JsonString.quote;

import io.tollgate.core.dialect.RequestFacts;
import io.tollgate.core.dialect.RequestFacts.UsageOption;
import io.tollgate.core.dialect.StreamEnding;
import io.tollgate.core.dialect.json.JsonSource;
import io.tollgate.core.sse.SseFields;
import io.tollgate.core.usage.Usage;
import io.tollgate.core.usage.UsageReport;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Ends a stream of chunks (chat and legacy completions): a chunk with {@code finish_reason} {@code length} (as one that
 * ran into its cap) or {@code stop} for each answer that has none yet, the usage chunk where it was asked for, {@code [DONE]}. Every client
 * tried takes that for an ordinary end.
 */
public final class ChunkEnding implements StreamEnding {
    private static final int MOST_ANSWERS = 128;

    private final String object;
    private final String emptyAnswer;
    private final RequestFacts facts;
    private final SseFields fields = new SseFields();
    private final BitSet finished = new BitSet();
    private int answers;
    private String id = "chatcmpl-0";
    private long created;
    private String model;
    private @Nullable String fingerprint;
    private boolean begun;
    private boolean usageTold;
    private boolean done;

    /**
     * Of a stream of such objects.
     *
     * @param object each chunk's {@code object}
     * @param emptyAnswer the members of a choice that adds no text, e.g. {@code "delta":{}}
     */
    public ChunkEnding(String object, String emptyAnswer, RequestFacts facts) {
        this.object = object;
        this.emptyAnswer = emptyAnswer;
        this.facts = facts;
        this.answers = Math.min(facts.answers(), MOST_ANSWERS);
        this.model = facts.model() == null ? "" : facts.model();
    }

    @Override
    public void event(byte[] lent, int offset, int length) {
        if (!fields.read(lent, offset, length)) {
            return;
        }
        if (fields.isData("[DONE]")) {
            done = true;
            return;
        }
        try (JsonParser parser = JsonSource.open(fields.dataArray(), fields.dataOffset(), fields.dataLength())) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                chunk(parser);
            }
        } catch (JacksonException e) {
            return; // a broken chunk is the caller's to stumble over; it tells nothing
        }
    }

    private void chunk(JsonParser parser) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (name) {
                case "choices" -> choices(parser, value);
                case "usage" -> usageTold |= value == JsonToken.START_OBJECT;
                default -> {
                    if (!begun) {
                        common(parser, name, value);
                    }
                }
            }
            parser.skipChildren();
        }
        begun = true;
    }

    /** What all chunks of a stream have in common. */
    private void common(JsonParser parser, String name, JsonToken value) {
        if (value == JsonToken.VALUE_STRING) {
            switch (name) {
                case "id" -> id = parser.getString();
                case "model" -> model = parser.getString();
                case "system_fingerprint" -> fingerprint = parser.getString();
                default -> {}
            }
        } else if (value == JsonToken.VALUE_NUMBER_INT && name.equals("created")) {
            created = parser.getLongValue();
        }
    }

    private void choices(JsonParser parser, JsonToken value) {
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
                    index = Math.clamp(parser.getLongValue(), 0, MOST_ANSWERS - 1);
                } else if (name.equals("finish_reason")) {
                    ended = member == JsonToken.VALUE_STRING && parser.getStringLength() > 0;
                }
                parser.skipChildren();
            }
            answers = Math.max(answers, index + 1);
            if (ended) {
                finished.set(index);
            }
        }
    }

    @Override
    public byte[] end(UsageReport report, Finish finish) {
        if (done) {
            return new byte[0];
        }
        StringBuilder out = new StringBuilder(512);
        if (finished.cardinality() < answers) {
            StringBuilder choices = new StringBuilder();
            for (int i = finished.nextClearBit(0); i < answers; i = finished.nextClearBit(i + 1)) {
                choices.append(choices.isEmpty() ? "" : ",")
                        .append("{\"index\":")
                        .append(i)
                        .append(',')
                        .append(emptyAnswer)
                        .append(",\"logprobs\":null,\"finish_reason\":\"")
                        .append(finish == Finish.STOP ? "stop" : "length")
                        .append("\"}");
            }
            append(out, choices, null);
        }
        if (facts.usageOption() == UsageOption.ASKED && !usageTold) {
            append(out, "", report.usage());
        }
        return OpenAiErrors.utf8(out.append("data: [DONE]\n\n").toString());
    }

    private void append(StringBuilder out, CharSequence choices, @Nullable Usage usage) {
        out.append("data: {\"id\":")
                .append(quote(id))
                .append(",\"object\":\"")
                .append(object)
                .append("\",\"created\":");
        out.append(created).append(",\"model\":").append(quote(model));
        if (fingerprint != null) {
            out.append(",\"system_fingerprint\":").append(quote(fingerprint));
        }
        out.append(",\"choices\":[").append(choices).append(']');
        if (usage != null) {
            out.append(",\"usage\":{\"prompt_tokens\":")
                    .append(usage.prompt())
                    .append(",\"completion_tokens\":")
                    .append(usage.output())
                    .append(",\"total_tokens\":")
                    .append(usage.total())
                    .append(",\"prompt_tokens_details\":{\"cached_tokens\":")
                    .append(usage.cacheRead())
                    .append("},\"completion_tokens_details\":{\"reasoning_tokens\":")
                    .append(usage.reasoning())
                    .append("}}");
        }
        out.append("}\n\n");
    }
}
