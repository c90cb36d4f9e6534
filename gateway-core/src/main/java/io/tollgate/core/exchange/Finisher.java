package io.tollgate.core.exchange;

/** What a step does when all is over. Runs exactly once, on the exchange's loop, however the exchange ended. */
@FunctionalInterface
public interface Finisher {
    /** Must not block and must not throw for reasons of traffic; a throw is logged and the next finisher runs. */
    void finish(Exchange exchange, Completion completion);
}
