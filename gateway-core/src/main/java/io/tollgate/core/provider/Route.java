package io.tollgate.core.provider;

import java.util.List;

/**
 * Where a call goes and why.
 *
 * @param rule the routing rule's name, or {@code direct} when none applied
 * @param reason for humans, in {@code x-tollgate-route}
 * @param targets to be tried in this order; never empty
 */
public record Route(String rule, String reason, List<Target> targets) {
    /** No rule: exactly what was asked for. */
    public static Route direct(String reason, Target target) {
        return new Route("direct", reason, List.of(target));
    }

    /** The first choice. */
    public Target first() {
        return targets.getFirst();
    }
}
