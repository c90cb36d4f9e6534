package io.tollgate.routing.earlystop;

import io.tollgate.core.dialect.Operation;
import io.tollgate.core.dialect.RequestFacts;
import io.tollgate.core.dialect.answer.ScanLayout;
import io.tollgate.core.dialect.answer.StreamedText;
import io.tollgate.core.exchange.Completion;
import io.tollgate.core.exchange.End;
import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.pipeline.Outcome;
import io.tollgate.core.pipeline.Step;
import io.tollgate.core.step.ShapeSwitch;
import io.tollgate.routing.cap.UnspentOutput;
import java.util.ArrayList;
import java.util.List;

/**
 * Ends a streamed answer where the rest is waste: behind the JSON value that was all the task asked for, or when it says
 * the same over and over. The caller gets its dialect's normal end, the provider's call is cancelled, and the row says
 * {@code stopped_early}. What it watches for stands in {@code x-tollgate-early-stop}.
 */
public final class EarlyStopStep implements Step {
    private static final String HEADER = "x-tollgate-early-stop";
    private static final String LEVER = "early_stop";

    private final EarlyStopTerms terms;
    private final UnspentOutput unspent;

    /** By these terms; {@code unspent} tells what the rest would have cost. */
    public EarlyStopStep(EarlyStopTerms terms, UnspentOutput unspent) {
        this.terms = terms;
        this.unspent = unspent;
    }

    @Override
    public Outcome apply(Exchange exchange) {
        RequestFacts facts = exchange.facts().get();
        if (exchange.endpoint().operation() != Operation.GENERATE
                || !facts.stream()
                || facts.answers() > 1
                || ShapeSwitch.off(exchange)) {
            return Outcome.NEXT;
        }
        ScanLayout<StreamedText.Place> text = exchange.endpoint().dialect().streamedText();
        List<TextWatch> watches = new ArrayList<>(2);
        List<String> names = new ArrayList<>(2);
        String task = exchange.tags().get().get("task");
        if (task != null && terms.jsonTasks().contains(task)) {
            watches.add(new JsonValueWatch());
            names.add("json");
        }
        if (terms.repetition()) {
            watches.add(new RepetitionWatch());
            names.add("repetition");
        }
        if (text == null || watches.isEmpty()) {
            return Outcome.NEXT;
        }
        exchange.allowStop();
        exchange.replyHeaders().set(HEADER, String.join(",", names));
        exchange.tap(new StreamedText(text, (lent, offset, length) -> {
            for (TextWatch watch : watches) {
                if (watch.isOver(lent, offset, length)) {
                    exchange.stop(End.STOPPED_EARLY);
                }
            }
        }));
        exchange.onFinish(this::finish);
        return Outcome.NEXT;
    }

    private void finish(Exchange exchange, Completion completion) {
        if (completion.end() == End.STOPPED_EARLY) {
            long nanos = unspent.nanos(exchange);
            if (nanos > 0) {
                exchange.saved(LEVER, nanos);
            }
        }
    }
}
