package io.tollgate.core.dialect.scan;

import io.tollgate.core.dialect.RequestFacts;
import io.tollgate.core.dialect.UsageReader;
import io.tollgate.core.exchange.End;
import io.tollgate.core.http.ResponseHead;
import io.tollgate.core.usage.Usage;
import io.tollgate.core.usage.UsageReport;
import io.tollgate.core.usage.UsageSource;
import java.util.List;

/** Reads an answer's usage by scanning it for what a dialect's {@link AnswerFacts} want. On the exchange's loop. */
public final class ScannedAnswer implements UsageReader {
    /** What a successful answer without a word about its usage means. */
    public enum Silence {
        /** It was billed all the same: estimated from the texts. */
        ESTIMATE,
        /** Nobody knows: nothing is said. */
        SAY_NOTHING
    }

    private final AnswerFacts facts;
    private final AnswerScanner scanner;
    private final RequestFacts request;
    private final Silence silence;
    private int status;

    /** Scans for {@code layout}, of which {@code facts} hear; {@code request} is what estimates start from. */
    public ScannedAnswer(ScanLayout layout, AnswerFacts facts, RequestFacts request, Silence silence) {
        this.facts = facts;
        this.scanner = new AnswerScanner(layout, facts);
        this.request = request;
        this.silence = silence;
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
        long more = Math.max(0, Estimate.output(request, facts.textBytes()) - told.output());
        return report(told.plus(Usage.of(0, more)), UsageSource.PARTIAL);
    }

    private UsageReport untold(End end) {
        boolean refused = status >= 300;
        boolean neverAnswered = status == 0 && (end == End.UPSTREAM_FAILED || end == End.COMPLETE);
        boolean failedAtOnce = facts.failed() && facts.textBytes() == 0;
        if (silence == Silence.SAY_NOTHING || refused || neverAnswered || failedAtOnce) {
            return report(Usage.ZERO, UsageSource.NONE);
        }
        Usage estimate = Usage.of(Estimate.input(request), Estimate.output(request, facts.textBytes()));
        boolean whole = end == End.COMPLETE && !facts.failed();
        return report(estimate, whole ? UsageSource.ESTIMATED : UsageSource.PARTIAL);
    }

    private UsageReport report(Usage usage, UsageSource source) {
        List<UsageReport.OtherModelUsage> others = facts.others();
        return new UsageReport(usage, source, facts.model(), facts.finish(), facts.serviceTier(), -1, others);
    }
}
