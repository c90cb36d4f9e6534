package io.tollgate.core.price;

import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The models nobody knows a price of: each is warned about once. Any thread. */
final class UnpricedModels {
    private static final Logger LOG = LoggerFactory.getLogger(UnpricedModels.class);

    /** Names kept; beyond it they are made up. */
    private static final int LIMIT = 1000;

    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    /** Says so, the first time. */
    void met(String provider, String model) {
        String name = provider + "/" + printable(model);
        if (seen.size() < LIMIT && seen.add(name)) {
            LOG.warn(
                    "no price is known for {}: its calls are booked as unpriced and no budget in USD holds them;"
                            + " add it to the prices file or to models:",
                    name);
        }
    }

    /** A copy of the names met, sorted, as {@code provider/model}. */
    Set<String> names() {
        return new TreeSet<>(seen);
    }

    /** Names come from callers: short, on one line. */
    private static String printable(String model) {
        String head = model.length() > 100 ? model.substring(0, 100) + "…" : model;
        return head.chars().noneMatch(Character::isISOControl) ? head : head.replaceAll("\\p{Cntrl}", "?");
    }
}
