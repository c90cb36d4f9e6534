package io.tollgate.server.demo;

import io.tollgate.budget.usagelog.StoreException;
import io.tollgate.server.config.ConfigException;
import io.tollgate.server.fakeprovider.FakeProvider;
import io.tollgate.server.fakeprovider.FakeProviderOptions;
import io.tollgate.server.fakeprovider.behaviour.Behaviour;
import io.tollgate.server.serve.GatewayServer;
import io.tollgate.server.serve.Wiring;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/** A gateway with a simulated provider behind it, in one process. */
public final class Demo implements AutoCloseable {
    private static final Duration LATENCY = Duration.ofMillis(120);
    private static final Duration PACE = Duration.ofMillis(4);
    private static final Duration BOOKED_WITHIN = Duration.ofSeconds(10);
    private static final Duration LOOK_EVERY = Duration.ofMillis(10);

    private final FakeProvider provider;
    private final GatewayServer gateway;
    private final Path data;

    private Demo(FakeProvider provider, GatewayServer gateway, Path data) {
        this.provider = provider;
        this.gateway = gateway;
        this.data = data;
    }

    /**
     * Starts both.
     *
     * @throws IOException when a port cannot be bound or the ledger cannot be opened
     */
    public static Demo start(DemoConfig config) throws ConfigException, IOException {
        FakeProvider provider = FakeProvider.start(FakeProviderOptions.standard()
                .cachingPrompts()
                .keeping(0)
                .withOrdinary(Behaviour.reply().delay(LATENCY).pace(PACE)));
        try {
            provider.script(
                    request -> request.bodyText().contains(DemoWorkload.OVERLOADING),
                    Behaviour.status(503).delay(LATENCY));
            GatewayServer gateway = GatewayServer.start(config.load(provider.url()), Wiring.DEFAULT);
            return new Demo(provider, gateway, config.data());
        } catch (ConfigException | IOException | RuntimeException e) {
            provider.close();
            throw e;
        }
    }

    /** Where callers go. */
    public String url() {
        return gateway.url();
    }

    /** Where administrators go. */
    public String adminUrl() {
        return gateway.adminUrl();
    }

    /** Makes some calls, shows how they go, and what they cost. */
    public void play(PrintWriter out) throws InterruptedException, StoreException {
        Instant began = Clock.systemUTC().instant();
        out.printf("  %-9s %-12s %-24s %-52s %s%n", "team", "feature", "model", "how", "calls");
        try (DemoCaller caller = new DemoCaller(url())) {
            new DemoTraffic(caller, out).play(DemoWorkload.scenes());
        }
        awaitBooked();
        out.println();
        out.print(DemoReport.of(data, began));
        out.flush();
    }

    /** An answer's end is seen before its row is committed, 20 ms later at most. */
    private void awaitBooked() {
        long patience = System.nanoTime() + BOOKED_WITHIN.toNanos();
        while (gateway.usageLog().used() > 0 && System.nanoTime() - patience < 0) {
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    @Override
    public void close() {
        gateway.close();
        provider.close();
    }
}
