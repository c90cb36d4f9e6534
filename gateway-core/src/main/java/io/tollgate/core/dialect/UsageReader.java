package io.tollgate.core.dialect;

import io.tollgate.core.exchange.End;
import io.tollgate.core.http.ResponseTap;
import io.tollgate.core.usage.UsageReport;

/** A tap that reads what an answer says of its usage, at whatever bytes the stream is split. One per attempt. */
public interface UsageReader extends ResponseTap {
    /** UTF-8 bytes of generated text seen so far; a live meter for budgets. */
    long outputBytesSeen();

    /** What is known when the answer ended like this. Call once, after {@link #end}. */
    UsageReport report(End end);
}
