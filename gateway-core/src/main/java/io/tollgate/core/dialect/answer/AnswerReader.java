package io.tollgate.core.dialect.answer;

import io.tollgate.core.dialect.RequestFacts;
import io.tollgate.core.dialect.UsageReader;
import io.tollgate.core.exchange.End;
import io.tollgate.core.http.ResponseHead;
import io.tollgate.core.usage.Usage;
import io.tollgate.core.usage.UsageReport;
import io.tollgate.core.usage.UsageSource;

/**
 * Reads an answer's usage, JSON or a stream of events, at whatever bytes it is split, by scanning it for what a
 * dialect's {@link AnswerFacts} want. Keeps none of it but what it found. On the exchange's loop.
 */
public final class AnswerReader implements UsageReader {
    /** What a successful answer without a word about its usage means. */
    public enum Silence {
        /** It was billed all the same: estimated from the texts. */
        ESTIMATE,
        /** Nobody knows: nothing is said. */
        SAY_NOTHING
    }

    private final AnswerFacts<?> facts;
    private final AnswerScanner<?> scanner;
    private final RequestFacts request;
    private final Estimate estimate;
    private final Silence silence;
    private int status;

    private AnswerReader(
            AnswerFacts<?> facts, AnswerScanner<?> scanner, RequestFacts request, Estimate estimate, Silence silence) {
        this.facts = facts;
        this.scanner = scanner;
        this.request = request;
        this.estimate = estimate;
        this.silence = silence;
    }

    /** Scans for {@code layout}, of which {@code facts} hear; {@code request} is what estimates start from. */
    public static <P> AnswerReader of(
            ScanLayout<P> layout, AnswerFacts<P> facts, RequestFacts request, Estimate estimate, Silence silence) {
        return new AnswerReader(facts, new AnswerScanner<>(layout, facts), request, estimate, silence);
    }

    @Override
    public void head(ResponseHead head) {
        status = head.status();
        scanner.head(head);
    }

    @Override
    public void bytes(byte[] lent, int offset, int length) {
        scanner.bytes(lent, offset, length);
    }

    @Override
    public void end(End end) {
        scanner.end();
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
        Usage told = facts.told();
        if (told == null) {
            return untold(end);
        }
        if (facts.isFinal(end == End.COMPLETE)) {
            return report(told, UsageSource.PROVIDER);
        }
        long more = Math.max(0, estimate.output(request, facts.textBytes()) - told.output());
        return report(told.plus(Usage.of(0, more)), UsageSource.PARTIAL);
    }

    private UsageReport untold(End end) {
        boolean refused = status >= 300;
        boolean neverAnswered = status == 0 && (end == End.UPSTREAM_FAILED || end == End.COMPLETE);
        boolean failedAtOnce = facts.failed() && facts.textBytes() == 0;
        if (silence == Silence.SAY_NOTHING || refused || neverAnswered || failedAtOnce || facts.isMadeLater()) {
            return report(Usage.ZERO, UsageSource.NONE);
        }
        Usage estimated = Usage.of(estimate.input(request), estimate.output(request, facts.textBytes()));
        boolean whole = end == End.COMPLETE && !facts.failed();
        return report(estimated, whole ? UsageSource.ESTIMATED : UsageSource.PARTIAL);
    }

    private UsageReport report(Usage usage, UsageSource source) {
        return new UsageReport(
                usage,
                source,
                facts.model(),
                facts.finish(),
                facts.serviceTier(),
                facts.statedCostNanos(),
                facts.others());
    }
}
