package io.tollgate.core.http;

import io.tollgate.core.exchange.Attempt;
import io.tollgate.core.exchange.End;

/** Watches an upstream's answer pass by, on the exchange's loop. Bytes come decoded (no content-encoding). */
public interface ResponseTap {
    /** The head, once, first. */
    void head(ResponseHead head);

    /** The next bytes, lent for the call: what is kept is copied. */
    void bytes(byte[] lent, int offset, int length);

    /** The attempt is over without an answer, and perhaps another follows. */
    default void unanswered(Attempt attempt) {}

    /** The answer is whole, but perhaps it is thrown away and another follows: {@link #restart} or {@link #end} comes next. */
    default void whole(Attempt attempt) {}

    /** All that was seen is thrown away; another answer's head comes next, or {@link #end}. */
    default void restart() {}

    /** No more bytes come. */
    void end(End end);
}
