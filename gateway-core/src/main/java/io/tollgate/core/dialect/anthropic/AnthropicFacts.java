package io.tollgate.core.dialect.anthropic;

import static io.tollgate.core.dialect.anthropic.AnthropicPlace.CACHE_READ;
import static io.tollgate.core.dialect.anthropic.AnthropicPlace.CACHE_WRITE;
import static io.tollgate.core.dialect.anthropic.AnthropicPlace.CACHE_WRITE_1H;
import static io.tollgate.core.dialect.anthropic.AnthropicPlace.CACHE_WRITE_5M;
import static io.tollgate.core.dialect.anthropic.AnthropicPlace.DOCUMENT;
import static io.tollgate.core.dialect.anthropic.AnthropicPlace.FINISH;
import static io.tollgate.core.dialect.anthropic.AnthropicPlace.INPUT;
import static io.tollgate.core.dialect.anthropic.AnthropicPlace.ITERATION;
import static io.tollgate.core.dialect.anthropic.AnthropicPlace.ITERATION_MODEL;
import static io.tollgate.core.dialect.anthropic.AnthropicPlace.ITERATION_TYPE;
import static io.tollgate.core.dialect.anthropic.AnthropicPlace.MODEL;
import static io.tollgate.core.dialect.anthropic.AnthropicPlace.OUTPUT;
import static io.tollgate.core.dialect.anthropic.AnthropicPlace.REGION;
import static io.tollgate.core.dialect.anthropic.AnthropicPlace.SPEED;
import static io.tollgate.core.dialect.anthropic.AnthropicPlace.TEXT;
import static io.tollgate.core.dialect.anthropic.AnthropicPlace.THINKING;
import static io.tollgate.core.dialect.anthropic.AnthropicPlace.TIER;
import static io.tollgate.core.dialect.anthropic.AnthropicPlace.TYPE;
import static io.tollgate.core.dialect.anthropic.AnthropicPlace.WEB_SEARCHES;

import io.tollgate.core.dialect.answer.AnswerFacts;
import io.tollgate.core.dialect.answer.ScanLayout;
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
final class AnthropicFacts extends AnswerFacts<AnthropicPlace> {
    private static final int MOST_ITERATIONS = 1_000;

    /** Where these facts stand. */
    static final ScanLayout<AnthropicPlace> LAYOUT = layout();

    private final AnthropicCounts counts = new AnthropicCounts();
    private @Nullable AnthropicCounts iteration;
    private @Nullable String iterationType;
    private @Nullable String iterationModel;
    private final List<Iteration> draft = new ArrayList<>();
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

    private static ScanLayout<AnthropicPlace> layout() {
        ScanLayout.Builder<AnthropicPlace> answer = ScanLayout.builder();
        usage(answer.in("usage"));
        usage(answer.in("message.usage"));
        return answer.itself(DOCUMENT)
                .string(TYPE, "type")
                .string(MODEL, "model", "message.model")
                .string(FINISH, "stop_reason", "delta.stop_reason")
                .text(TEXT, "delta.text", "delta.thinking", "delta.partial_json", "delta.content")
                .text(TEXT, "content_block.text", "content_block.thinking", "content.text", "content.thinking")
                .raw(TEXT, "content.input")
                .build();
    }

    private static void usage(ScanLayout.Builder<AnthropicPlace> usage) {
        counts(usage).string(TIER, "service_tier").string(SPEED, "speed").string(REGION, "inference_geo");
        counts(usage.in("iterations"))
                .itself(ITERATION)
                .string(ITERATION_TYPE, "type")
                .string(ITERATION_MODEL, "model");
    }

    private static ScanLayout.Builder<AnthropicPlace> counts(ScanLayout.Builder<AnthropicPlace> usage) {
        return usage.number(INPUT, "input_tokens")
                .number(CACHE_READ, "cache_read_input_tokens")
                .number(CACHE_WRITE, "cache_creation_input_tokens")
                .number(CACHE_WRITE_5M, "cache_creation.ephemeral_5m_input_tokens")
                .number(CACHE_WRITE_1H, "cache_creation.ephemeral_1h_input_tokens")
                .number(OUTPUT, "output_tokens")
                .number(THINKING, "output_tokens_details.thinking_tokens")
                .number(WEB_SEARCHES, "server_tool_use.web_search_requests");
    }

    @Override
    public void number(AnthropicPlace place, long value) {
        if (iteration != null) {
            iteration.set(place, believable(value));
        } else {
            counts.set(place, believable(value));
            toldHere = true;
        }
    }

    @Override
    public void string(AnthropicPlace place, String value) {
        switch (place) {
            case TYPE -> type = value;
            case MODEL -> model = value;
            case FINISH -> finish = value;
            case TIER -> tier = value;
            case SPEED -> speed = value;
            case REGION -> region = value;
            case ITERATION_TYPE -> iterationType = value;
            case ITERATION_MODEL -> iterationModel = value;
            default -> {}
        }
    }

    @Override
    public void opened(AnthropicPlace place, boolean array) {
        iteration = place == ITERATION && !array ? new AnthropicCounts() : null;
    }

    @Override
    public void closed(AnthropicPlace place, boolean array) {
        if (place == DOCUMENT) {
            endDocument();
        } else if (place == ITERATION && array) {
            others = List.copyOf(draft);
            draft.clear();
        } else if (place == ITERATION) {
            endIteration();
        }
    }

    private void endIteration() {
        boolean apart = iterationType != null && !iterationType.equals("message");
        if (iteration != null && apart && draft.size() < MOST_ITERATIONS) {
            draft.add(new Iteration(iterationModel, iteration.toUsage()));
        }
        iteration = null;
        iterationType = null;
        iterationModel = null;
    }

    private void endDocument() {
        boolean endsMessage = "message_delta".equals(type) && finish != null;
        last |= toldHere && ("message".equals(type) || endsMessage);
        failed |= "error".equals(type);
        toldHere = false;
        type = null;
        draft.clear();
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
