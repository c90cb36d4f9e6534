package io.tollgate.server.fakeprovider.script;

import io.tollgate.server.config.yaml.ScalarTypes;
import io.tollgate.server.config.yaml.YamlObject;
import io.tollgate.server.fakeprovider.behaviour.Behaviour;
import io.tollgate.server.fakeprovider.behaviour.Cut;

/**
 * Where an answer breaks off: one of {@code end cut reset silent} (as if whole; FIN; RST; no more bytes) with
 * {@code _after_events: N}, {@code _after_bytes: N} or {@code _before_head: true}, or {@code error_after_events: N} for
 * the dialect's own error event.
 */
final class ScriptedCut {
    private ScriptedCut() {}

    static Behaviour read(YamlObject yaml, Behaviour behaviour) {
        Behaviour cut = behaviour;
        int given = 0;
        for (Cut.Kind kind : Cut.Kind.values()) {
            String verb = verb(kind);
            Integer events = yaml.value(verb + "_after_events", ScalarTypes.integer(0, Integer.MAX_VALUE))
                    .orNull();
            if (events != null) {
                cut = cut.cut(Cut.afterEvents(kind, events));
                given++;
            }
            if (kind == Cut.Kind.ERROR_EVENT) {
                continue;
            }
            Long bytes = yaml.value(verb + "_after_bytes", ScalarTypes.SIZE).orNull();
            if (bytes != null) {
                cut = cut.cut(Cut.afterBytes(kind, bytes));
                given++;
            }
            if (kind != Cut.Kind.END && yaml.bool(verb + "_before_head").orElse(false)) {
                cut = cut.cut(Cut.beforeHead(kind));
                given++;
            }
        }
        if (given > 1) {
            yaml.problem("breaks off in " + given + " places, expected at most one");
        }
        return cut;
    }

    private static String verb(Cut.Kind kind) {
        return switch (kind) {
            case END -> "end";
            case ERROR_EVENT -> "error";
            case CLOSE -> "cut";
            case RESET -> "reset";
            case SILENCE -> "silent";
        };
    }
}
