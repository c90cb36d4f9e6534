package io.tollgate.core.dialect.replay.anthropic;

import io.tollgate.core.dialect.replay.form.Events;
import io.tollgate.core.dialect.replay.form.Fields;
import io.tollgate.core.dialect.replay.form.Out;
import io.tollgate.core.dialect.replay.form.UnconvertibleException;
import io.tollgate.core.dialect.replay.form.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts the events of a whole stream together as Anthropic's SDKs do. */
final class MessageCollector {
    private @Nullable Map<String, Value> message;
    private final Map<String, Value> usage = new LinkedHashMap<>();
    private final List<Block> blocks = new ArrayList<>();
    private boolean open;
    private boolean stopped;

    void write(byte[] stream, Out out) {
        for (Value event : Events.sse(stream)) {
            event(event.fields());
        }
        if (message == null || !stopped) {
            throw new UnconvertibleException("a message without an end");
        }
        Fields told = new Fields(message);
        told.need("id");
        told.need("stop_reason").body();
        out.raw("{");
        message.forEach((name, value) -> {
            switch (name) {
                case "content" -> {
                    out.name(name).raw("[");
                    blocks.forEach(block -> block.write(out.item()));
                    out.raw("]");
                }
                case "usage" -> {
                    out.name(name).raw("{");
                    usage.forEach(out::member);
                    out.raw("}");
                }
                default -> out.member(name, value);
            }
        });
        out.raw("}");
    }

    private void event(Fields event) {
        String type = event.need("type").text();
        if (type.equals("ping")) {
            return;
        }
        if (stopped || (message == null) != type.equals("message_start")) {
            throw new UnconvertibleException("out of order: " + type);
        }
        switch (type) {
            case "message_start" -> start(event.object("message"));
            case "content_block_start" -> {
                if (open || event.number("index") != blocks.size()) {
                    throw new UnconvertibleException("blocks out of order");
                }
                blocks.add(new Block(event.object("content_block")));
                open = true;
            }
            case "content_block_delta" -> current(event).add(event.object("delta"));
            case "content_block_stop" -> {
                current(event);
                open = false;
            }
            case "message_delta" -> end(event);
            case "message_stop" -> {
                if (open) {
                    throw new UnconvertibleException("a block without an end");
                }
                stopped = true;
            }
            default -> throw new UnconvertibleException("an event of unknown meaning: " + type);
        }
    }

    private void start(Fields start) {
        if (!start.is("type", "message") || !start.need("content").elements().isEmpty()) {
            throw new UnconvertibleException("expected a message without content");
        }
        usage.putAll(start.object("usage").members());
        message = new LinkedHashMap<>(start.members());
    }

    private Block current(Fields event) {
        if (!open || event.need("index").number() != blocks.size() - 1) {
            throw new UnconvertibleException("not in the block that is open");
        }
        return blocks.getLast();
    }

    /** What it tells takes the place of what the start told; counts are cumulative, and null takes no count away. */
    private void end(Fields event) {
        if (message == null) {
            throw new UnconvertibleException("an end without a start");
        }
        Set<String> structure = Set.of("type", "delta", "usage");
        Map<String, Value> whole = message;
        event.object("delta").members().forEach(whole::put);
        event.members().forEach((name, value) -> {
            if (!structure.contains(name)) {
                whole.put(name, value);
            }
        });
        event.object("usage").members().forEach((name, value) -> {
            if (!value.isNull() || !usage.containsKey(name)) {
                usage.put(name, value);
            }
        });
    }
}
