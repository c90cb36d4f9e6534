package io.tollgate.core.dialect;

import io.tollgate.core.exchange.End;
import io.tollgate.core.http.ResponseHead;
import io.tollgate.core.usage.UsageReport;

/** Reads the answer of an operation nobody pays for: counted tokens, listed models. */
public final class UnbilledAnswer implements UsageReader {
    @Override
    public void head(ResponseHead head) {}

    @Override
    public void bytes(byte[] lent, int offset, int length) {}

    @Override
    public void end(End end) {}

    @Override
    public long outputBytesSeen() {
        return 0;
    }

    @Override
    public UsageReport report(End end) {
        return UsageReport.NOTHING;
    }
}
