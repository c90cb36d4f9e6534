package io.tollgate.core.dialect.openairesponses;

import io.tollgate.core.dialect.UsageReader;
import io.tollgate.core.dialect.answer.AnswerReader;
import io.tollgate.core.dialect.openai.usage.OpenAiFacts;
import io.tollgate.core.exchange.End;
import io.tollgate.core.http.ResponseHead;
import io.tollgate.core.usage.Usage;
import io.tollgate.core.usage.UsageReport;
import io.tollgate.core.usage.UsageSource;

/**
 * Bills a response that is made in the background with the first call that tells its usage. A fetched response that was
 * not made in the background was billed when it was made.
 */
final class BackgroundReader implements UsageReader {
    private final AnswerReader answer;
    private final OpenAiFacts facts;
    private final BilledOnce billed;
    private final boolean fetches;

    /** Of an answer that tells these {@code facts}, to a call that {@code fetches} a response, or else makes it. */
    BackgroundReader(AnswerReader answer, OpenAiFacts facts, BilledOnce billed, boolean fetches) {
        this.answer = answer;
        this.facts = facts;
        this.billed = billed;
        this.fetches = fetches;
    }

    @Override
    public void head(ResponseHead head) {
        answer.head(head);
    }

    @Override
    public void bytes(byte[] lent, int offset, int length) {
        answer.bytes(lent, offset, length);
    }

    @Override
    public void end(End end) {
        answer.end(end);
    }

    @Override
    public long outputBytesSeen() {
        return answer.outputBytesSeen();
    }

    @Override
    public UsageReport report(End end) {
        UsageReport report = answer.report(end);
        if (!facts.background()) {
            return fetches ? unbilled(report) : report;
        }
        if (report.source() != UsageSource.PROVIDER) {
            return unbilled(report); // it is made on whether the caller listens or not; the fetching call tells
        }
        String id = facts.id();
        return id == null || billed.isFirst(id) ? report : unbilled(report);
    }

    private static UsageReport unbilled(UsageReport report) {
        return new UsageReport(
                Usage.ZERO,
                UsageSource.NONE,
                report.model(),
                report.finish(),
                report.serviceTier(),
                -1,
                report.others());
    }
}
