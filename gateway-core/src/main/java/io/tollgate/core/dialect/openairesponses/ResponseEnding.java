package io.tollgate.core.dialect.openairesponses;

import static io.tollgate.core.text.JsonString.quote;

import io.tollgate.core.dialect.RequestFacts;
import io.tollgate.core.dialect.StreamEnding;
import io.tollgate.core.dialect.json.JsonSource;
import io.tollgate.core.sse.SseFields;
import io.tollgate.core.usage.Usage;
import io.tollgate.core.usage.UsageReport;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Ends a Responses stream as one that ran into {@code max_output_tokens}: open texts and messages are closed, then
 * {@code response.incomplete} with the output so far and the usage. codex and the AI SDK take that for an end with
 * finish reason length; a bare {@code error} event they would take for a lost connection.
 */
final class ResponseEnding implements StreamEnding {
    private final SseFields fields = new SseFields();
    private final ResponseSkeleton skeleton;
    private final OutputSoFar output = new OutputSoFar();
    private long sequence = -1;
    private boolean ended;

    ResponseEnding(RequestFacts facts) {
        skeleton = new ResponseSkeleton(facts.model());
    }

    @Override
    public void event(byte[] lent, int offset, int length) {
        if (!fields.read(lent, offset, length)) {
            return;
        }
        byte[] json = fields.dataArray();
        int start = fields.dataOffset();
        try (JsonParser parser = JsonSource.open(json, start, fields.dataLength())) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                new Event().read(parser, json, start);
            }
        } catch (JacksonException e) {
            return; // a broken event is the caller's to stumble over; it tells nothing
        }
    }

    /** One event's members that matter. */
    private final class Event {
        private String type = "";
        private int item = -1;
        private int content = -1;
        private String delta = "";
        private String itemJson = "";
        private String itemType = "";
        private String itemId = "";
        private boolean refusal;

        void read(JsonParser parser, byte[] json, int start) {
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                switch (name) {
                    case "type" -> type = text(parser, value);
                    case "delta" -> delta = text(parser, value);
                    case "sequence_number" -> sequence = number(parser, value, sequence);
                    case "output_index" -> item = (int) number(parser, value, -1);
                    case "content_index" -> content = (int) number(parser, value, -1);
                    case "response" -> response(ResponseSkeleton.raw(parser, json, start));
                    case "item" -> item(ResponseSkeleton.raw(parser, json, start));
                    case "part" ->
                        refusal = ResponseSkeleton.raw(parser, json, start).contains("\"refusal\"");
                    default -> parser.skipChildren();
                }
            }
            apply();
        }

        private static String text(JsonParser parser, JsonToken value) {
            if (value == JsonToken.VALUE_STRING) {
                return parser.getString();
            }
            parser.skipChildren();
            return "";
        }

        private static long number(JsonParser parser, JsonToken value, long otherwise) {
            if (value == JsonToken.VALUE_NUMBER_INT) {
                return Math.clamp(parser.getLongValue(), -1, Integer.MAX_VALUE);
            }
            parser.skipChildren();
            return otherwise;
        }

        private void response(String json) {
            byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
            skeleton.read(bytes, 0, bytes.length);
        }

        private void item(String json) {
            itemJson = json;
            try (JsonParser parser =
                    JsonSource.FACTORY.createParser(tools.jackson.core.ObjectReadContext.empty(), json)) {
                parser.nextToken();
                while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                    String name = parser.currentName();
                    JsonToken value = parser.nextToken();
                    if (name.equals("type")) {
                        itemType = text(parser, value);
                    } else if (name.equals("id")) {
                        itemId = text(parser, value);
                    } else {
                        parser.skipChildren();
                    }
                }
            }
        }

        private void apply() {
            switch (type) {
                case "response.output_item.added" -> {
                    if (itemType.equals("message")) {
                        output.opened(item, itemId);
                    }
                }
                case "response.content_part.added" -> output.partOpened(item, content, refusal);
                case "response.output_text.delta", "response.refusal.delta" -> output.text(item, content, delta);
                case "response.output_text.done", "response.refusal.done" -> output.textDone(item, content);
                case "response.content_part.done" -> output.partDone(item, content);
                case "response.output_item.done" -> output.itemDone(item, itemJson);
                case "response.completed", "response.incomplete", "response.failed" -> ended = true;
                default -> {}
            }
        }
    }

    @Override
    public byte[] end(UsageReport report, Finish finish) {
        if (ended) {
            return new byte[0];
        }
        StringBuilder out = new StringBuilder(1024);
        if (!output.tooMuch()) {
            output.open().forEach((index, message) -> close(out, index, message));
        }
        boolean whole = finish == Finish.STOP;
        event(
                out,
                whole ? "response.completed" : "response.incomplete",
                "\"response\":"
                        + skeleton.with(Map.of(
                                "status",
                                whole ? "\"completed\"" : "\"incomplete\"",
                                "incomplete_details",
                                whole ? "null" : "{\"reason\":\"max_output_tokens\"}",
                                "output",
                                output.json(),
                                "usage",
                                usage(report.usage()))));
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void close(StringBuilder out, int index, OutputSoFar.OpenMessage message) {
        message.parts().forEach((content, part) -> {
            if (part.isOpen()) {
                String at = "\"item_id\":" + quote(message.id()) + ",\"output_index\":" + index + ",\"content_index\":"
                        + content;
                if (part.hasOpenText() && part.isRefusal()) {
                    event(out, "response.refusal.done", at + ",\"refusal\":" + quote(part.text()));
                } else if (part.hasOpenText()) {
                    event(
                            out,
                            "response.output_text.done",
                            at + ",\"text\":" + quote(part.text()) + ",\"logprobs\":[]");
                }
                event(out, "response.content_part.done", at + ",\"part\":" + part.json());
            }
        });
        event(out, "response.output_item.done", "\"output_index\":" + index + ",\"item\":" + message.json());
    }

    /** Numbered where the provider numbers its events. */
    private void event(StringBuilder out, String type, String members) {
        out.append("event: ")
                .append(type)
                .append("\ndata: {\"type\":\"")
                .append(type)
                .append("\",");
        if (sequence >= 0) {
            sequence++;
            out.append("\"sequence_number\":").append(sequence).append(',');
        }
        out.append(members).append("}\n\n");
    }

    private static String usage(Usage usage) {
        return "{\"input_tokens\":" + usage.prompt() + ",\"input_tokens_details\":{\"cached_tokens\":"
                + usage.cacheRead() + "},\"output_tokens\":" + usage.output()
                + ",\"output_tokens_details\":{\"reasoning_tokens\":" + usage.reasoning() + "},\"total_tokens\":"
                + usage.total() + "}";
    }
}
