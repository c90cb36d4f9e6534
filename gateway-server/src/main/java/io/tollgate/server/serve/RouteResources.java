package io.tollgate.server.serve;

import io.tollgate.core.text.JsonString;
import io.tollgate.routing.fallback.TargetHealth;
import io.tollgate.routing.table.RuleSwitches;
import io.tollgate.server.admin.AdminAnswer;
import io.tollgate.server.admin.AdminProblem;
import io.tollgate.server.admin.AdminRequest;
import io.tollgate.server.admin.AdminResource;
import io.tollgate.server.config.RoutingRule;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** {@code GET routes} and how the targets are, {@code POST routes/{name}/disable} and {@code enable}: the quick revert. */
final class RouteResources {
    private static final String ALL = "/api/v1/routes";

    private final Supplier<List<RoutingRule>> rules;
    private final RuleSwitches switches;
    private final TargetHealth health;

    RouteResources(Supplier<List<RoutingRule>> rules, RuleSwitches switches, TargetHealth health) {
        this.health = health;
        this.rules = rules;
        this.switches = switches;
    }

    Map<String, AdminResource> byPath() {
        return Map.of(
                ALL,
                AdminResource.get(request -> AdminAnswer.json(all())),
                ALL + "/{name}/disable",
                AdminResource.post(request -> set(request, false)),
                ALL + "/{name}/enable",
                AdminResource.post(request -> set(request, true)));
    }

    private String all() {
        return rules.get().stream().map(this::json).collect(Collectors.joining(",", "{\"rows\":[", "],"))
                + health.states().stream()
                        .map(RouteResources::json)
                        .collect(Collectors.joining(",", "\"targets\":[", "]}"));
    }

    private static String json(TargetHealth.State target) {
        return "{\"target\":" + JsonString.quote(target.target())
                + ",\"state\":" + JsonString.quote(target.state())
                + ",\"calls\":" + target.calls()
                + ",\"failures\":" + target.failures() + "}";
    }

    private String json(RoutingRule rule) {
        return "{\"name\":" + JsonString.quote(rule.name())
                + ",\"enabled\":" + switches.isOn(rule.name())
                + ",\"share\":" + rule.share().toPlainString()
                + ",\"use\":"
                + rule.use().stream().map(JsonString::quote).collect(Collectors.joining(",", "[", "]"))
                + ",\"requests\":" + switches.followed(rule.name()) + "}";
    }

    private AdminAnswer set(AdminRequest request, boolean on) {
        RoutingRule rule = rules.get().stream()
                .filter(each -> each.name().equals(request.name("name")))
                .findFirst()
                .orElseThrow(() -> new AdminProblem(
                        404,
                        "no routing rule " + request.name("name") + "; there are "
                                + rules.get().stream().map(RoutingRule::name).toList()));
        switches.set(rule.name(), on);
        return AdminAnswer.json(json(rule));
    }
}
