package io.tollgate.core.dialect.openai.usage;

import io.tollgate.core.dialect.answer.AnswerFacts;
import io.tollgate.core.dialect.answer.Estimate;
import io.tollgate.core.usage.Usage;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What has been found in an answer so far. One per answer, on the exchange's loop. */
public final class OpenAiFacts extends AnswerFacts<Fact> {
    /**
     * Four bytes a token: English text in the tokenizers of 2023 and later; other languages and code differ by up to a
     * factor of two. A 1024 x 1024 image in high detail, by OpenAI's published formula: 85 + 4 tiles of 170.
     */
    public static final Estimate ESTIMATE = new Estimate(40, 765);

    private static final int TICK_DIGITS = 10;
    private static final Set<String> LAST_STATUSES = Set.of("completed", "incomplete", "failed", "cancelled");
    private static final Set<String> WAITING_STATUSES = Set.of("queued", "in_progress");

    private final Counts draft = new Counts();
    private final Counts said = new Counts();
    private final StatedCost cost = new StatedCost();
    private boolean streamed;
    private boolean done;
    private @Nullable String model;
    private @Nullable String finish;
    private @Nullable String status;
    private @Nullable String tier;
    private @Nullable String id;
    private boolean background;
    private boolean failed;
    private long searches;

    @Override
    public void streamed() {
        streamed = true;
    }

    @Override
    public void done() {
        done = true;
    }

    @Override
    public void opened(Fact place, boolean array) {
        if (place == Fact.USAGE) {
            draft.clear();
        } else if (place == Fact.ERROR) {
            failed = true;
        }
    }

    @Override
    public void closed(Fact place, boolean array) {
        boolean usage = place == Fact.USAGE || place == Fact.USAGE_PART;
        if (usage && draft.any()) {
            said.copyFrom(draft);
        }
    }

    @Override
    public void number(Fact place, long value) {
        switch (place) {
            case COST, COST_TICKS, UPSTREAM_COST -> cost(place, Long.toString(value));
            case SEARCHES -> searches = Math.max(searches, Math.min(value, Integer.MAX_VALUE));
            default -> draft.set(place, value); // all other numbers asked for are counts
        }
    }

    @Override
    public void decimal(Fact place, String digits) {
        if (place == Fact.COST || place == Fact.COST_TICKS || place == Fact.UPSTREAM_COST) {
            cost(place, digits);
        } else {
            super.decimal(place, digits);
        }
    }

    private void cost(Fact place, String digits) {
        if (place == Fact.UPSTREAM_COST) {
            cost.upstream(digits);
        } else {
            cost.cost(digits, place == Fact.COST_TICKS ? TICK_DIGITS : 0);
        }
    }

    @Override
    public void flag(Fact place, boolean value) {
        if (place == Fact.OWN_KEY) {
            cost.ownKey(value);
        } else if (place == Fact.BACKGROUND) {
            background |= value;
        }
    }

    @Override
    public void string(Fact place, String value) {
        if (place == Fact.ERROR) {
            failed = true;
        } else if (!value.isEmpty()) { // some hosts send "" for not yet
            named(place, value);
        }
    }

    private void named(Fact place, String value) {
        switch (place) {
            case MODEL -> model = value;
            case FINISH -> finish = finish == null ? value : finish;
            case STATUS -> status = value;
            case TIER -> tier = value;
            case ID -> id = value;
            case TYPE -> failed |= value.equals("error");
            default -> {}
        }
    }

    @Override
    public void text(Fact place, int bytes) {
        if (!(streamed && place == Fact.WHOLE_TEXT)) {
            super.text(place, bytes);
        }
    }

    /** The last usage told, or null. */
    @Override
    protected @Nullable Usage told() {
        return said.any() ? said.toUsage(searches) : null;
    }

    /** What a stream says at or behind its finish is the provider's last word although it may not have been read on. */
    @Override
    protected boolean isFinal(boolean complete) {
        return complete || done || finish != null || (status != null && LAST_STATUSES.contains(status));
    }

    @Override
    protected boolean failed() {
        return failed;
    }

    /** Made in the background: its usage comes with the call that fetches it. */
    @Override
    protected boolean isMadeLater() {
        return background && isWaiting();
    }

    private boolean isWaiting() {
        return status != null && WAITING_STATUSES.contains(status);
    }

    @Override
    protected @Nullable String model() {
        return model;
    }

    @Override
    protected @Nullable String finish() {
        if (finish != null) {
            return finish;
        }
        return status != null && !isWaiting() ? status : failed ? "error" : null;
    }

    @Override
    protected @Nullable String serviceTier() {
        return tier;
    }

    @Override
    protected long statedCostNanos() {
        return cost.nanos();
    }

    /** The answer's own id, or null. */
    public @Nullable String id() {
        return id;
    }

    /** Whether the answer was made in the background. */
    public boolean background() {
        return background;
    }
}
