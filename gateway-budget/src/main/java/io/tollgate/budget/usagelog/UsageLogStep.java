package io.tollgate.budget.usagelog;

import io.tollgate.budget.usagelog.UsageRow.Call;
import io.tollgate.budget.usagelog.UsageRow.Decisions;
import io.tollgate.budget.usagelog.UsageRow.Latency;
import io.tollgate.budget.usagelog.UsageRow.Savings;
import io.tollgate.core.dialect.RequestFacts;
import io.tollgate.core.error.ErrorKind;
import io.tollgate.core.error.Refusal;
import io.tollgate.core.exchange.Attempt;
import io.tollgate.core.exchange.CacheUse;
import io.tollgate.core.exchange.Completion;
import io.tollgate.core.exchange.End;
import io.tollgate.core.exchange.Exchange;
import io.tollgate.core.exchange.OutputCap;
import io.tollgate.core.pipeline.Outcome;
import io.tollgate.core.pipeline.Reply;
import io.tollgate.core.pipeline.Step;
import io.tollgate.core.provider.Route;
import io.tollgate.core.provider.Target;
import io.tollgate.core.usage.Cost;
import io.tollgate.core.usage.Metered;
import io.tollgate.core.usage.UsageReport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes room in the usage log before anything is spent, and leaves one row per attempt when all is over. It registers
 * first, so its finisher runs last and sees what every other step decided.
 */
public final class UsageLogStep implements Step {
    private static final Metered NOTHING = new Metered(UsageReport.NOTHING, Cost.NOTHING);

    private final UsageLog log;

    /** Into this log. */
    public UsageLogStep(UsageLog log) {
        this.log = log;
    }

    @Override
    public Outcome apply(Exchange exchange) {
        RowSlot slot = log.tryReserve();
        if (slot == null) {
            return Outcome.reply(new Reply.Refused(new Refusal(
                    ErrorKind.OVERLOADED,
                    "the usage log has no room: " + log.capacity() + " rows wait to be written",
                    List.of(java.util.Map.entry("Retry-After", "1")))));
        }
        // Now, while the body is there.
        PromptFacts prompt = PromptFacts.of(exchange.facts().get(), exchange.body());
        exchange.onFinish((finished, completion) -> {
            try {
                append(slot, finished, completion, prompt);
            } finally {
                slot.release(); // does nothing once a row was appended
            }
        });
        return Outcome.NEXT;
    }

    private static void append(RowSlot slot, Exchange exchange, Completion completion, PromptFacts prompt) {
        List<Attempt> attempts = exchange.attempts();
        if (attempts.isEmpty()) {
            slot.append(row(exchange, completion, null, true, prompt));
            return;
        }
        for (int i = 0; i < attempts.size(); i++) {
            slot.append(row(exchange, completion, attempts.get(i), i == attempts.size() - 1, prompt));
        }
    }

    private static UsageRow row(
            Exchange exchange, Completion completion, @Nullable Attempt attempt, boolean last, PromptFacts prompt) {
        Metered decided = last ? exchange.metered().orNull() : null;
        Metered metered = decided == null ? NOTHING : decided;
        End end = attempt == null || attempt.end() == null ? completion.end() : attempt.end();
        return new UsageRow(
                exchange.id(),
                attempt == null ? 1 : attempt.number(),
                last,
                exchange.receivedAt().toEpochMilli(),
                exchange.caller().get().key(),
                exchange.tags().get(),
                call(exchange, attempt),
                decisions(exchange),
                metered,
                last ? savings(exchange, metered) : Savings.none(metered.cost().nanos()),
                latency(exchange, completion, attempt),
                attempt == null ? completion.status() : attempt.status(),
                end,
                prompt);
    }

    private static Savings savings(Exchange exchange, Metered metered) {
        long baseline = metered.cost().nanos();
        for (long nanos : exchange.saved().values()) {
            baseline += nanos;
        }
        return new Savings(baseline, exchange.saved());
    }

    private static Call call(Exchange exchange, @Nullable Attempt attempt) {
        RequestFacts facts = exchange.facts().get();
        Target target = attempt != null ? attempt.target() : exchange.answering();
        return new Call(
                exchange.endpoint().dialect().name(),
                exchange.endpoint().operation(),
                facts.stream(),
                target == null ? null : target.provider().name(),
                facts.model(),
                target == null ? null : target.model());
    }

    private static Decisions decisions(Exchange exchange) {
        Route route = exchange.route().orNull();
        if (route == null) {
            return Decisions.NONE;
        }
        CacheUse use = exchange.cache().orNull();
        String cache = use == null ? null : use.text();
        OutputCap decided = exchange.outputCap().orNull();
        if (decided != null) {
            return new Decisions(route.rule(), route.reason(), cache, decided.tokens(), decided.source());
        }
        long cap = exchange.facts().get().outputCap();
        return new Decisions(route.rule(), route.reason(), cache, cap, cap < 0 ? null : "caller");
    }

    private static Latency latency(Exchange exchange, Completion completion, @Nullable Attempt attempt) {
        long started = exchange.startedNanos();
        long ended = attempt == null || attempt.endedNanos() == 0 ? completion.endedNanos() : attempt.endedNanos();
        long sent = attempt == null || attempt.sentNanos() == 0 ? ended : attempt.sentNanos();
        return new Latency(
                (sent - started) / 1000,
                attempt == null || attempt.firstByteNanos() == 0 ? -1 : (attempt.firstByteNanos() - started) / 1000,
                (ended - started) / 1000);
    }
}
