package io.tollgate.server.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What would let strangers in: checked for a file as it is read, and for what runs after a reload has kept some of the old. */
final class OpenDoors {
    /** What is wrong with one key of one section. */
    record OpenDoor(String section, String key, String message) {}

    private OpenDoors() {}

    static List<OpenDoor> of(Config config) {
        return of(config.server(), config.admin(), config.providers().values(), config.keys());
    }

    static List<OpenDoor> of(
            ServerConfig server, AdminConfig admin, Collection<ProviderConfig> providers, List<KeyConfig> keys) {
        List<OpenDoor> doors = new ArrayList<>();
        boolean paid = providers.stream().anyMatch(provider -> provider.apiKey() != null);
        if (paid && keys.isEmpty() && !server.open() && !Hosts.isLoopback(server.host())) {
            doors.add(new OpenDoor(
                    "server",
                    "host",
                    "is \"" + server.host()
                            + "\" and lets strangers spend the providers' api_key, for there are no keys:; "
                            + "expected keys:, a loopback host, or server: {open: true} if it is meant"));
        }
        if (admin.token() == null && !Hosts.isLoopback(admin.host())) {
            doors.add(new OpenDoor(
                    "admin",
                    "token",
                    "is missing; expected a secret, for admin.host \"" + admin.host() + "\" is not loopback"));
        }
        return doors;
    }
}
