package io.tollgate.core.dialect.anthropic;

import io.tollgate.core.dialect.scan.AnswerFacts;
import io.tollgate.core.dialect.scan.ScanLayout;
import io.tollgate.core.usage.Usage;
import io.tollgate.core.usage.UsageReport.OtherModelUsage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a message, whole or streamed, says of its usage. Source: recorded answers and Anthropic's SDK types. In a stream
 * {@code message_start} tells the input, the last {@code message_delta} the rest, cumulatively: it replaces, nothing is
 * added. {@code usage.iterations} lists every sampling of the call; those by an advisor (another model) and of a
 * compaction are not in the counts above them and are reported apart.
 */
final class AnthropicFacts extends AnswerFacts {
    private static final int MOST_ITERATIONS = 1_000;
    private static final String STARTED = "message.";
    private static final String USAGE = "usage.";
    private static final String ITERATION = "usage.iterations[].";
    private static final String[] COUNTS = {
        "input_tokens",
        "cache_read_input_tokens",
        "cache_creation_input_tokens",
        "cache_creation.ephemeral_5m_input_tokens",
        "cache_creation.ephemeral_1h_input_tokens",
        "output_tokens",
        "output_tokens_details.thinking_tokens",
        "server_tool_use.web_search_requests",
        "service_tier",
        "speed",
        "inference_geo",
        "type",
        "model"
    };

    /** Where these facts stand. */
    static final ScanLayout LAYOUT = ScanLayout.builder()
            .values("type", "model", "message.model", "stop_reason", "delta.stop_reason")
            .under("usage", COUNTS)
            .under("message.usage", COUNTS)
            .under("usage.iterations[]", COUNTS)
            .under("message.usage.iterations[]", COUNTS)
            .text("delta.text", "delta.thinking", "delta.partial_json", "delta.content")
            .text("content_block.text", "content_block.thinking", "content[].text", "content[].thinking")
            .raw("content[].input")
            .build();

    private final AnthropicCounts counts = new AnthropicCounts();
    private AnthropicCounts iteration = new AnthropicCounts();
    private @Nullable String iterationType;
    private @Nullable String iterationModel;
    private List<Iteration> draft = new ArrayList<>();
    private List<Iteration> others = List.of();
    private @Nullable String model;
    private @Nullable String finish;
    private @Nullable String tier;
    private @Nullable String speed;
    private @Nullable String region;
    private @Nullable String type;
    private boolean toldHere;
    private boolean last;
    private boolean failed;

    /** One sampling that the counts above leave out; without a model of its own it is the answering model's. */
    private record Iteration(@Nullable String model, Usage usage) {}

    @Override
    public void number(String path, long value) {
        String inMessage = withoutStart(path);
        if (inMessage.startsWith(ITERATION)) {
            iteration.set(inMessage.substring(ITERATION.length()), believable(value));
        } else if (inMessage.startsWith(USAGE)) {
            counts.set(inMessage.substring(USAGE.length()), believable(value));
            toldHere = true;
        }
    }

    @Override
    public void string(String path, String value) {
        switch (withoutStart(path)) {
            case "type" -> type = value;
            case "model" -> model = value;
            case "stop_reason", "delta.stop_reason" -> finish = value;
            case "usage.service_tier" -> tier = value;
            case "usage.speed" -> speed = value;
            case "usage.inference_geo" -> region = value;
            case "usage.iterations[].type" -> iterationType = value;
            case "usage.iterations[].model" -> iterationModel = value;
            default -> {}
        }
    }

    private static String withoutStart(String path) {
        return path.startsWith(STARTED) ? path.substring(STARTED.length()) : path;
    }

    @Override
    public void closed(String path) {
        switch (withoutStart(path)) {
            case "" -> endDocument();
            case "usage.iterations[]" -> endIteration();
            case "usage.iterations" -> {
                others = draft;
                draft = new ArrayList<>();
            }
            default -> {}
        }
    }

    private void endIteration() {
        boolean apart = iterationType != null && !iterationType.equals("message");
        if (apart && draft.size() < MOST_ITERATIONS) {
            draft.add(new Iteration(iterationModel, iteration.toUsage()));
        }
        iteration = new AnthropicCounts();
        iterationType = null;
        iterationModel = null;
    }

    private void endDocument() {
        boolean endsMessage = "message_delta".equals(type) && finish != null;
        last |= toldHere && ("message".equals(type) || endsMessage);
        failed |= "error".equals(type);
        toldHere = false;
        type = null;
        draft = new ArrayList<>();
    }

    @Override
    protected @Nullable Usage told() {
        return counts.isTold() ? counts.toUsage() : null;
    }

    /** A stream that ended before its last {@code message_delta} has told no final output, however it ended. */
    @Override
    protected boolean isFinal(boolean complete) {
        return last;
    }

    @Override
    protected boolean failed() {
        return failed;
    }

    @Override
    protected @Nullable String model() {
        return model;
    }

    @Override
    protected @Nullable String finish() {
        return finish == null && failed ? "error" : finish;
    }

    /** Tier, speed and region as far as they differ from the usual, e.g. {@code standard+fast+us}: each has its price. */
    @Override
    protected @Nullable String serviceTier() {
        String terms = tier == null ? "standard" : tier;
        if (speed != null && !speed.equals("standard")) {
            terms += "+" + speed;
        }
        if (region != null && !region.equals("not_available") && !region.equals("global")) {
            terms += "+" + region;
        }
        return tier == null && terms.equals("standard") ? null : terms;
    }

    @Override
    protected List<OtherModelUsage> others() {
        List<OtherModelUsage> found = new ArrayList<>(others.size());
        for (Iteration other : others) {
            String name = other.model() != null ? other.model() : model;
            if (name != null) {
                found.add(new OtherModelUsage(name, other.usage()));
            }
        }
        return List.copyOf(found);
    }
}
