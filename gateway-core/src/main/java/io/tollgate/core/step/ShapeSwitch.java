package io.tollgate.core.step;

import io.tollgate.core.exchange.Exchange;

/** The caller's word on whether its request may be reshaped. */
public final class ShapeSwitch {
    private static final String HEADER = "x-tollgate-shape";

    private ShapeSwitch() {}

    /** Whether body and cap are to be left as the caller sent them. */
    public static boolean off(Exchange exchange) {
        return "off".equalsIgnoreCase(exchange.head().header(HEADER));
    }
}
