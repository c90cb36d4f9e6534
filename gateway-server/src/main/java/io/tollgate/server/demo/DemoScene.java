package io.tollgate.server.demo;

import io.tollgate.core.dialect.Family;
import java.util.function.IntFunction;

/**
 * Some calls of the same kind.
 *
 * @param team who calls
 * @param feature for what
 * @param model asked for
 * @param how what is special about it, for people
 * @param family whose SDK would make the call
 * @param path on the traffic port
 * @param times how many calls
 * @param leaves whether the caller hangs up in the middle of the answer
 * @param body of the n-th call, JSON
 */
record DemoScene(
        String team,
        String feature,
        String model,
        String how,
        Family family,
        String path,
        int times,
        boolean leaves,
        IntFunction<String> body) {

    /** What kind of work it is, which routing goes by: here the feature says it. */
    String task() {
        return feature;
    }

    /** The same, of only so many different questions. */
    DemoScene repeating(int different) {
        return new DemoScene(
                team,
                feature,
                model,
                how + ", " + different + " questions again and again",
                family,
                path,
                times,
                leaves,
                n -> body.apply(1 + n % different));
    }

    /** The same, with a caller that does not wait for the end. */
    DemoScene leaving() {
        return new DemoScene(team, feature, model, how, family, path, times, true, body);
    }
}
