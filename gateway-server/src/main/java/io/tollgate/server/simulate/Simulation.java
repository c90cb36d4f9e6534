package io.tollgate.server.simulate;

import io.tollgate.budget.ledger.Attribution;
import io.tollgate.budget.usagelog.UsageRow;
import io.tollgate.core.exchange.End;
import io.tollgate.core.price.PriceCatalogue;
import io.tollgate.core.usage.Cost;
import io.tollgate.core.usage.Usage;
import io.tollgate.core.usage.UsageReport;
import io.tollgate.server.config.Config;
import io.tollgate.server.config.RoutingRule;
import io.tollgate.server.serve.BudgetRules;
import io.tollgate.server.serve.Prices;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Replays the ledger's rows through the decisions of another configuration. A row has no body, so only what follows from
 * who called, for what, with how many tokens, can be decided again; {@link #notSimulated()} names the rest. One thread.
 */
public final class Simulation {
    private final Config config;
    private final PriceCatalogue prices;
    private final RouteReplay routes;
    private final BudgetReplay budgets;
    private final SortedMap<String, Outlook> byTeam = new TreeMap<>();

    /** Of this configuration. */
    public Simulation(Config config) {
        this.config = config;
        this.prices = Prices.of(config);
        this.routes = new RouteReplay(config, prices);
        this.budgets = new BudgetReplay(BudgetRules.of(config));
    }

    /** The next row, in the order of the ledger. Only a request's last attempt is what its caller got. */
    public void replay(UsageRow row) {
        if (!row.last() || row.end() == End.REFUSED) {
            return;
        }
        Outlook outlook =
                byTeam.computeIfAbsent(Objects.requireNonNullElse(row.tags().get("team"), ""), team -> new Outlook());
        outlook.call();
        String provider = row.call().provider();
        Attribution call = new Attribution(row.tags(), row.key(), row.call().modelAsked(), provider);
        boolean hit = row.end() == End.CACHED || isFree(row.decisions().cache());
        boolean cached = hit && config.cache().exact().enabled();
        if (budgets.refuses(call, row.atMillis(), cached)) {
            outlook.blocked();
            outlook.cost(row.metered().cost().nanos(), 0);
            return;
        }
        if (cached) {
            outlook.cached();
            outlook.cost(row.metered().cost().nanos(), 0);
            return;
        }
        buy(row, call, outlook);
    }

    private void buy(UsageRow row, Attribution call, Outlook outlook) {
        RouteReplay.Place place = routes.of(row, call);
        String provider = place != null ? place.provider() : row.call().provider();
        String asked = row.call().modelAsked();
        String model = place != null
                ? place.model()
                : asked != null ? asked : row.call().modelSent();
        UsageReport report = row.metered().report();
        Usage usage = capped(row, report.usage());
        boolean same = Objects.equals(model, row.call().modelSent())
                && Objects.equals(provider, row.call().provider())
                && row.metered().cost().isPriced()
                && !isFree(row.decisions().cache())
                && usage.equals(report.usage());
        Cost after = same || provider == null ? row.metered().cost() : cost(provider, model, report, usage, row);
        if (place != null) {
            outlook.routed();
        }
        if (!usage.equals(report.usage())) {
            outlook.capped();
        }
        if (!after.isPriced() || !row.metered().cost().isPriced()) {
            outlook.unpriced();
            return;
        }
        outlook.cost(row.metered().cost().nanos(), after.nanos());
        budgets.count(call.at(provider), row.atMillis(), after.nanos(), usage.total());
    }

    private Cost cost(String provider, @Nullable String model, UsageReport report, Usage usage, UsageRow row) {
        boolean moved = !Objects.equals(model, row.call().modelSent());
        UsageReport counted = new UsageReport(
                usage,
                report.source(),
                moved ? null : report.model(),
                report.finish(),
                report.serviceTier(),
                -1,
                List.of());
        return prices.cost(provider, model, counted, Instant.ofEpochMilli(row.atMillis()));
    }

    /** Output up to the policy's cap where the caller set none; what a learned cap would have been is not known. */
    private Usage capped(UsageRow row, Usage usage) {
        if ("caller".equals(row.decisions().capSource())) {
            return usage;
        }
        String task = row.tags().get("task");
        Long cap = task == null ? null : config.output().byTask().get(task);
        if (cap == null && !config.output().learn().enabled()) {
            cap = config.output().defaultCap();
        }
        return cap == null || usage.output() <= cap
                ? usage
                : new Usage(
                        usage.input(),
                        usage.cacheRead(),
                        usage.cacheWrite5m(),
                        usage.cacheWrite1h(),
                        cap,
                        Math.min(usage.reasoning(), cap),
                        usage.inputAudio(),
                        usage.cacheReadAudio(),
                        Math.min(usage.outputAudio(), cap),
                        usage.webSearches());
    }

    private static boolean isFree(@Nullable String cache) {
        return cache != null && (cache.equals("hit") || cache.equals("semantic-hit") || cache.equals("coalesced"));
    }

    /** By team; the empty name stands for calls without one. */
    public SortedMap<String, Outlook> byTeam() {
        return byTeam;
    }

    /** All teams together. */
    public Outlook total() {
        Outlook total = new Outlook();
        byTeam.values().forEach(total::add);
        return total;
    }

    /** What this configuration has that rows cannot tell of. */
    public List<String> notSimulated() {
        List<String> not = new ArrayList<>();
        not.add(
                "refused calls: their rows have no usage, so none is let in; quality and length of other models' answers");
        if (config.cache().exact().enabled()) {
            not.add("cache.exact: rows have no key of their content, so only what was a hit is one again");
        }
        List<String> judging = config.routing().stream()
                .filter(rule -> rule.when().complexity() != null)
                .map(RoutingRule::name)
                .toList();
        if (!judging.isEmpty()) {
            not.add("routing rules " + judging + ": how hard a request is follows from its text");
        }
        if (config.output().learn().enabled()) {
            not.add("output.learn: caps learned on the way; by_task is simulated");
        }
        if (!config.budgets().isEmpty()) {
            not.add("budgets: raises, holds of calls under way, and the steps downgrade and shrink_output");
        }
        if (!config.rateLimits().isEmpty()) {
            not.add("rate_limits: how callers wait and try again");
        }
        if (!config.runLimits().isEmpty()) {
            not.add("run_limits: tool calls stand in the bodies");
        }
        return not;
    }
}
