package io.tollgate.routing.shaping;

import io.tollgate.core.dialect.RequestFacts;
import io.tollgate.core.http.BodyEdit;
import io.tollgate.core.http.RequestBody;
import io.tollgate.routing.shaping.body.BodyText;
import io.tollgate.routing.shaping.body.BodyTexts;
import io.tollgate.routing.shaping.history.HistoryWindow;
import io.tollgate.routing.shaping.summary.Summarised;
import io.tollgate.routing.shaping.summary.SummaryLookup;
import io.tollgate.routing.shaping.trim.Cut;
import io.tollgate.routing.shaping.trim.Trimming;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Applies the levers to one prompt: first turns go, then filler, then what is too long is shortened. Pure, any thread. */
final class Shaper {
    /** Looking at turns takes so many times less than at words. */
    private static final int TURNS_ARE_QUICKER = 8;

    private final RequestFacts facts;
    private final RequestBody body;
    private final Levers levers;
    private final long tokens;
    private final List<BodyEdit> edits = new ArrayList<>();
    private final SequencedMap<ShapingLever, Long> saved = new LinkedHashMap<>();
    private final @Nullable SummaryLookup summaries;
    private Summarised summary = Summarised.NOT;

    private Shaper(
            RequestFacts facts, RequestBody body, Levers levers, long tokens, @Nullable SummaryLookup summaries) {
        this.facts = facts;
        this.body = body;
        this.levers = levers;
        this.tokens = Math.max(1, tokens);
        this.summaries = summaries;
    }

    /**
     * What becomes of a prompt.
     *
     * @param tokens of it, estimated
     * @param alternating whether the provider wants user and model to take turns
     * @param summaries where summaries of turns left out are looked up; null where they are just left out
     */
    static Shaped shape(
            RequestFacts facts,
            RequestBody body,
            Levers levers,
            long tokens,
            boolean alternating,
            @Nullable SummaryLookup summaries) {
        Shaper shaper = new Shaper(facts, body, levers, tokens, summaries);
        shaper.history(alternating);
        if (levers.trim()) {
            shaper.trim();
        }
        shaper.truncate();
        return new Shaped(shaper.edits, shaper.saved, shaper.summary);
    }

    /** How much there is to do, in bytes of text to be read word by word; 0 where nothing is. */
    static long work(RequestFacts facts, RequestBody body, Levers levers, long tokens) {
        long work = levers.trim() ? BodyTexts.systemBytes(facts) : 0;
        if (HistoryWindow.exceeds(facts.turns(), levers.history(), tokensPerByte(facts, tokens))) {
            work += 1 + body.length() / TURNS_ARE_QUICKER;
            work += levers.summary() == null ? 0 : body.length() / TURNS_ARE_QUICKER;
        }
        return tokens > levers.maxInputTokens() ? work + body.length() : work;
    }

    private static double tokensPerByte(RequestFacts facts, long tokens) {
        return (double) tokens / Math.max(1, facts.textBytes());
    }

    private void history(boolean alternating) {
        double ratio = tokensPerByte(facts, tokens);
        BitSet dropped = HistoryWindow.dropped(facts, body, levers.history(), ratio, alternating);
        if (!dropped.isEmpty()) {
            edits.addAll(HistoryWindow.edits(facts.turns(), dropped));
            long fewer = HistoryWindow.tokens(facts.turns(), dropped, ratio);
            if (summaries != null) {
                summary = summaries.find(facts, body, dropped, fewer);
                edits.addAll(summary.edits());
                fewer -= Math.round(summary.bytes() * ratio);
            }
            saved(ShapingLever.HISTORY, fewer);
        }
    }

    private void trim() {
        long fewer = 0;
        int before = edits.size();
        for (BodyText text : BodyTexts.ofSystem(facts, body)) {
            for (Cut cut : Trimming.cuts(text.text())) {
                edits.add(BodyEdit.replace(text.span(cut.from(), cut.to()), cut.instead()));
                fewer += cut.tokens();
            }
        }
        if (edits.size() > before) {
            saved(ShapingLever.TRIMMING, fewer);
        }
    }

    private void truncate() {
        long left = tokens - saved.values().stream().mapToLong(Long::longValue).sum();
        if (left <= levers.maxInputTokens()) {
            return;
        }
        double bytesPerToken = 1 / tokensPerByte(facts, tokens);
        long bytes = (long) Math.ceil((left - levers.maxInputTokens()) * bytesPerToken);
        List<BodyEdit> cuts = Truncation.edits(facts.without(edits), body, bytes, levers.strategy());
        long removed = BodyEdit.removedBytes(cuts);
        if (removed > 0) {
            edits.addAll(cuts);
            saved(ShapingLever.TRUNCATION, Math.round(removed / bytesPerToken));
        }
    }

    private void saved(ShapingLever lever, long fewer) {
        saved.put(lever, fewer);
    }
}
