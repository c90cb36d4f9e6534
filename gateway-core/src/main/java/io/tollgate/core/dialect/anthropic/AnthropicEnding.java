package io.tollgate.core.dialect.anthropic;

import static io.tollgate.core.text.JsonString.quote;

import io.tollgate.core.dialect.RequestFacts;
import io.tollgate.core.dialect.StreamEnding;
import io.tollgate.core.dialect.json.JsonSource;
import io.tollgate.core.sse.SseFields;
import io.tollgate.core.usage.Usage;
import io.tollgate.core.usage.UsageReport;
import java.nio.charset.StandardCharsets;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Ends a stream of messages: open content blocks are closed, then {@code message_delta} with the stop reason
 * ({@code max_tokens} or {@code end_turn}) and the usage, then {@code message_stop}.
 */
final class AnthropicEnding implements StreamEnding {
    private static final int MOST_BLOCKS = 10_000;

    private final RequestFacts facts;
    private final SseFields fields = new SseFields();
    private final TreeSet<Integer> open = new TreeSet<>();
    private boolean started;
    private boolean stopReasonTold;
    private boolean stopped;

    AnthropicEnding(RequestFacts facts) {
        this.facts = facts;
    }

    @Override
    public void event(byte[] lent, int offset, int length) {
        if (!fields.read(lent, offset, length) || fields.isEvent("content_block_delta")) {
            return;
        }
        switch (fields.event()) {
            case "message_start" -> started = true;
            case "content_block_start" -> {
                int index = index();
                if (index >= 0 && open.size() < MOST_BLOCKS) {
                    open.add(index);
                }
            }
            case "content_block_stop" -> open.remove(index());
            case "message_delta" -> stopReasonTold = true;
            case "message_stop" -> stopped = true;
            default -> {}
        }
    }

    /** The event's {@code index}, or -1. */
    private int index() {
        try (JsonParser parser = JsonSource.open(fields.dataArray(), fields.dataOffset(), fields.dataLength())) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                    boolean wanted = parser.currentName().equals("index");
                    if (parser.nextToken() == JsonToken.VALUE_NUMBER_INT && wanted) {
                        return Math.clamp(parser.getLongValue(), -1, Integer.MAX_VALUE);
                    }
                    parser.skipChildren();
                }
            }
            return -1;
        } catch (JacksonException e) {
            return -1;
        }
    }

    @Override
    public byte[] end(UsageReport report, Finish finish) {
        if (stopped) {
            return new byte[0];
        }
        StringBuilder out = new StringBuilder(512);
        if (!started) {
            append(
                    out,
                    "message_start",
                    "\"message\":{\"id\":\"msg_0\",\"type\":\"message\",\"role\":\"assistant\",\"model\":"
                            + quote(facts.model() == null ? "" : facts.model())
                            + ",\"content\":[],\"stop_reason\":null,\"stop_sequence\":null,\"usage\":"
                            + usage(report.usage()) + "}");
        }
        for (int index : open) {
            append(out, "content_block_stop", "\"index\":" + index);
        }
        if (!stopReasonTold) {
            append(
                    out,
                    "message_delta",
                    "\"delta\":{\"stop_reason\":\"" + (finish == Finish.STOP ? "end_turn" : "max_tokens")
                            + "\",\"stop_sequence\":null},\"usage\":" + usage(report.usage()));
        }
        return out.append("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n")
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    private static void append(StringBuilder out, String type, String members) {
        out.append("event: ")
                .append(type)
                .append("\ndata: {\"type\":\"")
                .append(type)
                .append("\",");
        out.append(members).append("}\n\n");
    }

    private static String usage(Usage usage) {
        return "{\"input_tokens\":" + usage.input() + ",\"cache_creation_input_tokens\":"
                + (usage.cacheWrite5m() + usage.cacheWrite1h()) + ",\"cache_read_input_tokens\":" + usage.cacheRead()
                + ",\"output_tokens\":" + usage.output() + "}";
    }
}
