package io.tollgate.server.simulate;

import io.tollgate.core.text.JsonString;
import io.tollgate.core.usage.Dollars;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A simulation's outcome for people and for programs. */
public final class SimulationText {
    private static final String LINE = "%-20s %10s %10s %10s %10s %10s %16s %16s%n";

    private SimulationText() {}

    /** A table, and below it what it leaves out. */
    public static String table(Simulation simulation) {
        StringBuilder out = new StringBuilder(String.format(
                Locale.ROOT,
                LINE,
                "team",
                "calls",
                "blocked",
                "cached",
                "routed",
                "capped",
                "before USD",
                "after USD"));
        simulation.byTeam().forEach((team, outlook) -> line(out, team.isEmpty() ? "(none)" : team, outlook));
        Outlook total = simulation.total();
        line(out, "total", total);
        if (total.beforeNanos() > 0) {
            double change = 100.0 * (total.afterNanos() - total.beforeNanos()) / total.beforeNanos();
            out.append(String.format(
                    Locale.ROOT, "With that configuration these calls cost %+.1f %%.%n", change == 0 ? 0.0 : change));
        }
        if (total.unpricedCalls() > 0) {
            out.append(total.unpricedCalls()).append(" calls have no price on one side and are in neither sum.\n");
        }
        out.append("Not simulated:\n");
        simulation.notSimulated().forEach(what -> out.append("  ").append(what).append('\n'));
        return out.toString();
    }

    private static void line(StringBuilder out, String team, Outlook outlook) {
        out.append(String.format(
                Locale.ROOT,
                LINE,
                team,
                outlook.calls(),
                outlook.blockedCalls(),
                outlook.cachedCalls(),
                outlook.routedCalls(),
                outlook.cappedCalls(),
                Dollars.format(outlook.beforeNanos()),
                Dollars.format(outlook.afterNanos())));
    }

    /** {@code {"rows": [{"team", "calls", …}], "total": …, "not_simulated": […]}}. */
    public static String json(Simulation simulation) {
        return "{\"rows\":"
                + simulation.byTeam().entrySet().stream()
                        .map(SimulationText::row)
                        .collect(Collectors.joining(",", "[", "]"))
                + ",\"total\":{" + members(simulation.total()) + "},\"not_simulated\":"
                + simulation.notSimulated().stream().map(JsonString::quote).collect(Collectors.joining(",", "[", "]"))
                + "}\n";
    }

    private static String row(Map.Entry<String, Outlook> team) {
        String name = team.getKey().isEmpty() ? "null" : JsonString.quote(team.getKey());
        return "{\"team\":" + name + "," + members(team.getValue()) + "}";
    }

    private static String members(Outlook outlook) {
        return "\"calls\":" + outlook.calls()
                + ",\"blocked\":" + outlook.blockedCalls()
                + ",\"cached\":" + outlook.cachedCalls()
                + ",\"routed\":" + outlook.routedCalls()
                + ",\"capped\":" + outlook.cappedCalls()
                + ",\"unpriced\":" + outlook.unpricedCalls()
                + ",\"before_nanos\":" + outlook.beforeNanos()
                + ",\"after_nanos\":" + outlook.afterNanos();
    }
}
