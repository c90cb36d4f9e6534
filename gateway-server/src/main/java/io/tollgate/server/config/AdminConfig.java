package io.tollgate.server.config;

import io.tollgate.core.provider.Secret;
import io.tollgate.server.config.yaml.ScalarTypes;
import io.tollgate.server.config.yaml.YamlObject;
import org.jspecify.annotations.Nullable;

/**
 * The admin port.
 *
 * @param host address to bind
 * @param port port to bind; 0 picks a free one
 * @param token what callers must present, or null; never null where {@code host} is not loopback
 */
public record AdminConfig(String host, int port, @Nullable Secret token) {
    static AdminConfig read(YamlObject yaml) {
        return new AdminConfig(
                yaml.value("host", Hosts.HOST).orElse("127.0.0.1"),
                yaml.value("port", ScalarTypes.integer(0, 65535)).orElse(9090),
                yaml.secret("token").orNull());
    }
}
