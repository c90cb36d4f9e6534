package io.tollgate.core.dialect.answer;

import io.tollgate.core.dialect.UsageReader;
import io.tollgate.core.exchange.End;
import io.tollgate.core.http.ResponseHead;
import io.tollgate.core.usage.UsageReport;

/** Reads nothing: the call costs nothing by its nature, such as a list of models or a count of tokens. */
public final class Unmetered implements UsageReader {
    /** For every such call: it has no state. */
    public static final Unmetered READER = new Unmetered();

    private Unmetered() {}

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
