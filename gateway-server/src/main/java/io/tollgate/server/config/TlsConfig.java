package io.tollgate.server.config;

import io.tollgate.server.config.yaml.ScalarTypes;
import io.tollgate.server.config.yaml.YamlObject;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * TLS of the traffic port.
 *
 * @param cert PEM file with the certificate chain
 * @param key PEM file with the private key (PKCS#8)
 */
public record TlsConfig(Path cert, Path key) {
    static @Nullable TlsConfig read(YamlObject yaml) {
        if (!yaml.isPresent()) {
            return null;
        }
        return new TlsConfig(
                Path.of(yaml.value("cert", ScalarTypes.FILE).required()),
                Path.of(yaml.value("key", ScalarTypes.FILE).required()));
    }
}
