package io.tollgate.cache.flight;

import io.tollgate.cache.replay.Form;
import io.tollgate.cache.replay.KeptHeaders;
import io.tollgate.core.dialect.Family;
import io.tollgate.core.exchange.End;
import io.tollgate.core.http.ResponseHead;
import io.tollgate.core.http.ResponseTap;

/** Writes the provider's answer into its flight as it passes: the provider's own bytes, before anything is left out for a caller. */
public final class FlightRecorder implements ResponseTap {
    private final Flight flight;
    private final Family family;

    /** Of a call to a provider of this family. */
    public FlightRecorder(Flight flight, Family family) {
        this.flight = flight;
        this.family = family;
    }

    @Override
    public void head(ResponseHead head) {
        String encoding = head.headers().get("content-encoding");
        if (encoding != null && !encoding.isBlank() && !encoding.strip().equalsIgnoreCase("identity")) {
            flight.notShared(); // taps see other bytes than callers do
            return;
        }
        String type = head.headers().get("content-type");
        boolean good = head.status() / 100 == 2;
        flight.head(head.status(), KeptHeaders.of(head.headers()), good ? Form.of(flight.form(), family, type) : null);
    }

    @Override
    public void bytes(byte[] lent, int offset, int length) {
        flight.append(lent, offset, length);
    }

    @Override
    public void restart() {
        flight.restart();
    }

    @Override
    public void end(End end) {}
}
