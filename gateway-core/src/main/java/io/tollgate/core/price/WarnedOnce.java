package io.tollgate.core.price;

import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a price list lacks: each missing thing is warned about once. Any thread. */
final class WarnedOnce {
    private static final Logger LOG = LoggerFactory.getLogger(WarnedOnce.class);

    /** Names kept; beyond it they are made up. */
    private static final int LIMIT = 1000;

    private final String message;
    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    /** @param message with one place for the name */
    WarnedOnce(String message) {
        this.message = message;
    }

    /** Says so, the first time. */
    void met(String name) {
        if (seen.size() < LIMIT && seen.add(printable(name))) {
            LOG.warn(message, printable(name));
        }
    }

    /** A copy of the names met, sorted. */
    Set<String> names() {
        return new TreeSet<>(seen);
    }

    /** Names come from callers and providers: short, on one line. */
    private static String printable(String name) {
        String head = name.length() > 140 ? name.substring(0, 140) + "…" : name;
        return head.chars().noneMatch(Character::isISOControl) ? head : head.replaceAll("\\p{Cntrl}", "?");
    }
}
