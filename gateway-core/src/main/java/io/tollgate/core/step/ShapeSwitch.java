package io.tollgate.core.step;

import io.tollgate.core.exchange.Exchange;

/** The caller's wish that neither body nor cap be touched: {@code x-tollgate-shape: off}. */
public final class ShapeSwitch {
    private static final String HEADER = "x-tollgate-shape";

    private ShapeSwitch() {}

    /** Whether the caller wants it so. */
    public static boolean off(Exchange exchange) {
        return "off".equalsIgnoreCase(exchange.head().header(HEADER));
    }
}
