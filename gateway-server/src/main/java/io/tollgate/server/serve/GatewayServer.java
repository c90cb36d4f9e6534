package io.tollgate.server.serve;

import io.tollgate.budget.journal.Budgets;
import io.tollgate.budget.limits.RateLimiter;
import io.tollgate.budget.report.LedgerReader;
import io.tollgate.budget.rollup.RollUps;
import io.tollgate.budget.runs.RunLimiter;
import io.tollgate.budget.usagelog.UsageLog;
import io.tollgate.cache.step.Caching;
import io.tollgate.core.time.Ticker;
import io.tollgate.routing.RoutingMemory;
import io.tollgate.routing.fallback.TargetHealth;
import io.tollgate.routing.promptcache.PromptCaching;
import io.tollgate.routing.shaping.ShapingWork;
import io.tollgate.routing.table.Conversations;
import io.tollgate.routing.table.RuleSwitches;
import io.tollgate.server.accesslog.AccessLog;
import io.tollgate.server.admin.AdminAnswer;
import io.tollgate.server.admin.AdminHandler;
import io.tollgate.server.admin.AdminResource;
import io.tollgate.server.api.ConfigResources;
import io.tollgate.server.api.DashboardResource;
import io.tollgate.server.api.LedgerResources;
import io.tollgate.server.api.LiveFeed;
import io.tollgate.server.api.OpenApiResource;
import io.tollgate.server.config.Config;
import io.tollgate.server.config.ConfigSource;
import io.tollgate.server.front.FrontLoad;
import io.tollgate.server.front.FrontSettings;
import io.tollgate.server.front.Listener;
import io.tollgate.server.gateway.ExchangeObserver;
import io.tollgate.server.gateway.GatewayHandler;
import io.tollgate.server.gateway.GatewayState;
import io.tollgate.server.gateway.HealthPaths;
import io.tollgate.server.gateway.InProcessCalls;
import io.tollgate.server.loop.Loops;
import io.tollgate.server.loop.Transport;
import io.tollgate.server.metrics.CacheMetrics;
import io.tollgate.server.metrics.GatewayMetrics;
import io.tollgate.server.metrics.Registries;
import io.tollgate.server.metrics.TrafficMetrics;
import io.tollgate.server.relay.Relay;
import io.tollgate.server.relay.RelaySettings;
import io.tollgate.server.upstream.UpstreamTls;
import io.tollgate.server.upstream.Upstreams;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The gateway as a running whole. {@link #start} opens both ports; {@link #close} drains and stops. */
public final class GatewayServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(GatewayServer.class);
    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final Loops loops;
    private final UsageLog usageLog;
    private final RateLimiter rates;
    private final RunLimiter runs;
    private final Budgets budgets;
    private final Caching caching;
    private final TargetHealth targets;
    private final LearnedMemory learned;
    private final PromptCaching promptCaching = PromptCaching.empty();
    private final ShapingWork shapingWork;
    private final InProcessCalls ownCalls;
    private final RuleSwitches switches = new RuleSwitches();
    private volatile Config config;
    private final Alerting alerting;
    private final RollUps rollUps;
    private final Registries metrics;
    private final GatewayHandler handler;
    private final Rulesets rulesets;
    private final @Nullable AccessLog accessLog;
    private final LiveFeed live = new LiveFeed();
    private final ConfigResources configuration = new ConfigResources(() -> config());
    private final Listener traffic;
    private final Listener admin;
    private final Duration drainLimit;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean draining;

    private GatewayServer(Config config, Wiring wiring) throws IOException {
        this.config = config;
        Clock clock = wiring.clock();
        Ticker ticker = wiring.ticker();
        this.drainLimit = wiring.drainLimit();
        this.loops = new Loops(Transport.best(), Runtime.getRuntime().availableProcessors(), ticker);
        this.shapingWork = new ShapingWork(ticker);
        this.ownCalls = new InProcessCalls(loops, () -> handler(), ticker);
        this.usageLog = UsageLogs.open(config.dataDir(), clock);
        this.metrics = new Registries(config.telemetry().otlp());
        this.alerting = Alerting.open(config, clock);
        this.budgets = UsageLogs.openBudgets(config, clock, ticker, alerting.rungs());
        this.rollUps = new RollUps(config.dataDir(), config.timezone(), clock);
        this.learned = LearnedMemory.open(config.dataDir(), RoutingRules.learned(config));
        this.rates = new RateLimiter(RateLimiter.MAX_ACCOUNTS, ticker);
        this.runs = new RunLimiter(RunLimiter.MAX_RUNS, RunLimiter.IDLE, ticker);
        limit(config);
        this.caching = CacheSetup.open(config, clock);
        this.targets = new TargetHealth(clock);
        this.rulesets = new Rulesets(new GatewayState(
                usageLog,
                rates,
                runs,
                budgets.ledger(),
                new RoutingMemory(switches, new Conversations(ticker), learned.caps(), promptCaching, targets),
                caching,
                learned.tokens(),
                shapingWork,
                ownCalls));
        Upstreams upstreams = new Upstreams(loops, new UpstreamTls(wiring.trusted()), ticker);
        Relay relay = new Relay(upstreams, RelaySettings.DEFAULT, ticker);
        HealthPaths health = new HealthPaths(this::unready);
        this.accessLog = wiring.accessLog();
        List<ExchangeObserver> observers = new ArrayList<>();
        observers.add(new TrafficMetrics(metrics.all()));
        if (accessLog != null) {
            observers.add(accessLog);
        }
        this.handler = new GatewayHandler(rulesets.of(config), relay, health, observers, clock, ticker);
        this.traffic = Listener.open(
                config.server().host(),
                config.server().port(),
                FrontSettings.of(
                        Math.toIntExact(config.server().maxRequest()),
                        wiring.patience(),
                        Tls.of(config.server().tls())),
                handler,
                loops,
                ticker);
        usageLog.readAlong(live);
        live.start();
        this.admin = Listener.open(
                config.admin().host(),
                config.admin().port(),
                FrontSettings.of(1 << 20, wiring.patience(), null),
                new AdminHandler(health, config.admin().token(), resources(clock)),
                loops,
                ticker);
        register(upstreams, relay);
        rollUps.start(); // nothing that the first caller has to wait for
    }

    private Map<String, AdminResource> resources(Clock clock) {
        Map<String, AdminResource> resources = new HashMap<>(new BudgetResources(budgets, clock).byPath());
        resources.putAll(new RouteResources(() -> config.routing(), switches, targets).byPath());
        resources.put(CacheResource.PATH, new CacheResource(caching));
        resources.put(PromptCacheResource.PATH, PromptCacheResource.of(promptCaching.report()));
        resources.put(AlertResource.PATH, AlertResource.of(alerting.alerts()));
        LedgerReader ledger = new LedgerReader(config.dataDir());
        resources.putAll(new LedgerResources(ledger, () -> config.timezone(), clock).byPath());
        resources.putAll(configuration.byPath());
        resources.put(
                ExplainResource.PATH, new ExplainResource(() -> config(), switches, learned.caps(), clock).resource());
        resources.put(LiveFeed.PATH, live);
        resources.putAll(DashboardResource.byPath());
        resources.put(OpenApiResource.PATH, OpenApiResource.create());
        resources.put(WasteResource.PATH, new WasteResource(() -> config, clock).resource());
        resources.put("/metrics", AdminResource.get(request -> AdminAnswer.text(PROMETHEUS_TEXT, metrics.scrape())));
        return resources;
    }

    private void register(Upstreams upstreams, Relay relay) {
        GatewayMetrics gauges = new GatewayMetrics(metrics.all());
        gauges.jvm();
        gauges.front("traffic", traffic.load());
        gauges.front("admin", admin.load());
        gauges.upstream(upstreams.load(), relay);
        gauges.usageLog(usageLog);
        gauges.budgets(budgets.ledger());
        new CacheMetrics(metrics.all()).register(caching);
        gauges.promptCache(promptCaching);
        gauges.shaping(shapingWork);
        gauges.learned(learned.tokens());
        gauges.fallbacks(targets);
        gauges.rateLimits(rates);
        gauges.runLimits(runs);
        gauges.alerts(alerting.alerts());
        gauges.live(live);
        if (accessLog != null) {
            gauges.accessLog(accessLog);
        }
    }

    /**
     * Starts.
     *
     * @throws IOException when a port cannot be bound or the ledger cannot be opened; the message says which and why
     */
    public static GatewayServer start(Config config, Wiring wiring) throws IOException {
        return new GatewayServer(config, wiring);
    }

    /** Decides by another configuration from the next request on. Blocks while new budgets are added up. */
    public void reload(Config next) {
        alerting.reload(next);
        rollUps.zone(next.timezone());
        budgets.rules(BudgetRules.of(next));
        limit(next);
        handler.rules(rulesets.of(next));
        config = next;
    }

    private void limit(Config config) {
        rates.rules(LimitRules.rates(config));
        runs.rules(LimitRules.runs(config));
    }

    /** Names where the configuration comes from, so that the admin port can show its state and load it again. */
    public void configuredBy(ConfigSource source) {
        configuration.source(source);
    }

    private GatewayHandler handler() {
        return handler;
    }

    private Config config() {
        return config;
    }

    /** Where callers go, e.g. {@code http://127.0.0.1:8080}. */
    public String url() {
        return traffic.url();
    }

    /** Where administrators go. */
    public String adminUrl() {
        return admin.url();
    }

    /** How busy the traffic port is. */
    public FrontLoad load() {
        return traffic.load();
    }

    /** The usage log, for those who read along. */
    public UsageLog usageLog() {
        return usageLog;
    }

    private @Nullable String unready() {
        if (draining) {
            return "draining";
        }
        return usageLog.healthy() ? null : "the ledger cannot be written";
    }

    /** Stops accepting, waits for the answers under way, then stops everything. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        draining = true;
        traffic.drain();
        long patience = System.nanoTime() + drainLimit.toNanos();
        while ((traffic.load().exchanges() > 0 || ownCalls.underWay() > 0) && System.nanoTime() - patience < 0) {
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
        if (traffic.load().exchanges() > 0) {
            log.warn(
                    "{} answers were still under way after {} and are cut",
                    traffic.load().exchanges(),
                    drainLimit);
        }
        live.close();
        admin.close();
        loops.close();
        usageLog.close();
        budgets.close();
        caching.store().close();
        learned.close();
        alerting.close();
        rollUps.close();
        if (accessLog != null) {
            accessLog.close();
        }
        metrics.close();
    }
}
