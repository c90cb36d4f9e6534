package io.tollgate.core.dialect.answer;

import io.tollgate.core.dialect.RequestFacts;
import io.tollgate.core.dialect.UsageReader;
import io.tollgate.core.exchange.End;
import io.tollgate.core.http.ResponseHead;
import io.tollgate.core.usage.Usage;
import io.tollgate.core.usage.UsageReport;
import io.tollgate.core.usage.UsageSource;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads an answer, JSON or a stream of events, at whatever bytes it is split; which of the two its first bytes tell.
 * Keeps none of it but what it found. Confined to the exchange's loop.
 */
public final class AnswerReader implements UsageReader {
    /** What to say of a generous answer that tells no usage. */
    public enum Silence {
        /** The call was billed all the same: estimate it. */
        ESTIMATE,
        /** Nobody knows whether it was billed. */
        SAY_NOTHING
    }

    private static final Set<String> LAST_STATUSES = Set.of("completed", "incomplete", "failed", "cancelled");
    private static final Set<String> WAITING_STATUSES = Set.of("queued", "in_progress");

    private final Place root;
    private final RequestFacts request;
    private final Silence silence;
    private Form form = Form.UNDECIDED;
    private AnswerFacts facts = new AnswerFacts(false);
    private @Nullable JsonFeed json;
    private @Nullable EventFeed events;
    private int httpStatus;

    /**
     * A reader of one answer.
     *
     * @param root what to look for
     * @param request what was asked, for estimates
     */
    public AnswerReader(Place root, RequestFacts request, Silence silence) {
        this.root = root;
        this.request = request;
        this.silence = silence;
    }

    @Override
    public void head(ResponseHead head) {
        httpStatus = head.status();
    }

    @Override
    public void bytes(byte[] lent, int offset, int length) {
        if (form == Form.UNDECIDED) {
            decide(Form.of(lent, offset, length));
        }
        if (json != null) {
            json.feed(lent, offset, length);
        } else if (events != null) {
            events.feed(lent, offset, length);
        }
    }

    private void decide(Form decided) {
        form = decided;
        facts = new AnswerFacts(form == Form.EVENTS);
        AnswerWalker walker = new AnswerWalker(root, facts);
        if (form == Form.JSON) {
            json = new JsonFeed(walker);
        } else if (form == Form.EVENTS) {
            events = new EventFeed(walker);
        }
    }

    @Override
    public void end(End end) {
        if (json != null) {
            json.end();
        }
        if (events != null) {
            events.end();
        }
    }

    @Override
    public long outputBytesSeen() {
        return facts.textBytes();
    }

    @Override
    public UsageReport report(End end) {
        if (end == End.REFUSED || end == End.CACHED) {
            return UsageReport.NOTHING;
        }
        Usage told = facts.usage();
        if (told == null) {
            return untold(end);
        }
        if (end == End.COMPLETE || isLast()) {
            return report(told, UsageSource.PROVIDER);
        }
        return report(Estimate.completed(told, Estimate.output(request, facts.textBytes())), UsageSource.PARTIAL);
    }

    private UsageReport untold(End end) {
        boolean answered = httpStatus >= 200 && httpStatus < 300;
        boolean failedUnanswered = httpStatus == 0 && (end == End.UPSTREAM_FAILED || end == End.COMPLETE);
        boolean failedAtOnce = facts.failed() && facts.textBytes() == 0;
        if (silence == Silence.SAY_NOTHING
                || (httpStatus != 0 && !answered)
                || failedUnanswered
                || failedAtOnce
                || isMadeLater()) {
            return report(Usage.ZERO, UsageSource.NONE);
        }
        boolean whole = end == End.COMPLETE && !facts.failed();
        return report(
                Usage.of(Estimate.input(request), Estimate.output(request, facts.textBytes())),
                whole ? UsageSource.ESTIMATED : UsageSource.PARTIAL);
    }

    /** Whether the usage told is the provider's last word although the stream may not have been read to its end. */
    private boolean isLast() {
        return facts.finish() != null
                || (facts.status() != null && LAST_STATUSES.contains(facts.status()))
                || (events != null && events.done());
    }

    /** Whether the answer is made in the background: its usage comes with the call that fetches it. */
    private boolean isMadeLater() {
        return facts.background() && facts.status() != null && WAITING_STATUSES.contains(facts.status());
    }

    private UsageReport report(Usage usage, UsageSource source) {
        return new UsageReport(
                usage, source, facts.model(), finish(), facts.tier(), facts.statedCostNanos(), List.of());
    }

    private @Nullable String finish() {
        if (facts.finish() != null) {
            return facts.finish();
        }
        return facts.status() != null && !WAITING_STATUSES.contains(facts.status())
                ? facts.status()
                : facts.failed() ? "error" : null;
    }

    /** The answer's own id, or null. */
    public @Nullable String id() {
        return facts.id();
    }

    /** Whether the answer was made in the background. */
    public boolean background() {
        return facts.background();
    }
}
