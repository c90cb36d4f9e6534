package io.tollgate.server.config;

import io.tollgate.server.config.yaml.ScalarTypes;
import io.tollgate.server.config.yaml.YamlObject;
import org.jspecify.annotations.Nullable;

/**
 * The traffic port.
 *
 * @param host address to bind
 * @param port port to bind; 0 picks a free one
 * @param maxRequest largest request body in bytes, after decompression
 * @param open whether strangers may spend the configured provider keys: it is meant
 * @param tls certificate and key, or null for plain HTTP
 */
public record ServerConfig(
        String host,
        int port,
        long maxRequest,
        boolean open,
        @Nullable TlsConfig tls) {
    /** A request is held whole in one array, so it must stay well below 2 GiB. */
    private static final long LARGEST_REQUEST = 1L << 30;

    static ServerConfig read(YamlObject yaml) {
        return new ServerConfig(
                yaml.value("host", Hosts.HOST).orElse("127.0.0.1"),
                yaml.value("port", ScalarTypes.integer(0, 65535)).orElse(8080),
                yaml.value("max_request", ScalarTypes.SIZE)
                        .must(
                                size -> size >= 1024 && size <= LARGEST_REQUEST,
                                "a size from 1KiB to 1GiB, such as 64MiB")
                        .orElse(64L << 20),
                yaml.bool("open").orElse(false),
                TlsConfig.read(yaml.object("tls")));
    }
}
