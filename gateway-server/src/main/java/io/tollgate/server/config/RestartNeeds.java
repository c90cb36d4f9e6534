package io.tollgate.server.config;

import io.tollgate.core.provider.Secret;
import io.tollgate.server.config.yaml.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What an edit changed that only takes effect with a restart. */
final class RestartNeeds {
    private final List<Problem> needs = new ArrayList<>();
    private final String file;

    private RestartNeeds(String file) {
        this.file = file;
    }

    static List<Problem> between(Config running, Config edited, String file) {
        RestartNeeds needs = new RestartNeeds(file);
        needs.compare("server.host", running.server().host(), edited.server().host());
        needs.compare("server.port", running.server().port(), edited.server().port());
        needs.compare("server.tls", running.server().tls(), edited.server().tls());
        needs.compare("admin.host", running.admin().host(), edited.admin().host());
        needs.compare("admin.port", running.admin().port(), edited.admin().port());
        needs.compare("data_dir", running.dataDir(), edited.dataDir());
        needs.compare(
                "cache.exact.max_size",
                running.cache().exact().maxSize(),
                edited.cache().exact().maxSize());
        needs.compare("cache.disk", disk(running), disk(edited));
        needs.compareHidden(
                "cache.encryption_key",
                reveal(running.cache().encryptionKey()),
                reveal(edited.cache().encryptionKey()));
        needs.compareHidden(
                "store.ledger",
                reveal(running.store().ledgerUrl()),
                reveal(edited.store().ledgerUrl()));
        needs.compareHidden(
                "store.shared",
                reveal(running.store().sharedUrl()),
                reveal(edited.store().sharedUrl()));
        return needs.needs;
    }

    /** A folder is only opened where the cache is on. */
    private static CacheConfig.@Nullable Disk disk(Config config) {
        return config.cache().exact().enabled() ? config.cache().disk() : null;
    }

    private static @Nullable String reveal(@Nullable Secret secret) {
        return secret == null ? null : secret.reveal();
    }

    private void compare(String path, @Nullable Object running, @Nullable Object edited) {
        if (!Objects.equals(running, edited)) {
            add(path, "is now " + edited + " and needs a restart; until then it stays " + running);
        }
    }

    private void compareHidden(String path, @Nullable String running, @Nullable String edited) {
        if (!Objects.equals(running, edited)) {
            add(path, "has changed and needs a restart; until then it stays as it was");
        }
    }

    private void add(String path, String message) {
        needs.add(new Problem(file, 0, 0, path, message));
    }
}
