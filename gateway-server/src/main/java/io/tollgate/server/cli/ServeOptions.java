package io.tollgate.server.cli;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code serve} was asked for. Null stands for what the configuration says.
 *
 * @param config the configuration file; null for the one beside the launcher
 * @param port traffic port
 * @param adminPort admin port
 * @param data folder of the ledger
 * @param accessLogging how requests are logged
 */
public record ServeOptions(
        @Nullable Path config,
        @Nullable Integer port,
        @Nullable Integer adminPort,
        @Nullable Path data,
        AccessLogging accessLogging) {
    static final String CONFIG = "--config";
    static final String PORT = "--port";
    static final String ADMIN_PORT = "--admin-port";
    static final String DATA = "--data";

    /**
     * The options of {@code serve --option value …} as gateways are mostly started, or null for whatever else there is
     * to write, right or wrong: that is picocli's to read and to complain about. Its classes are too old for the JVM's
     * cache of classes and take a third of a start.
     */
    public static @Nullable ServeOptions plain(String... args) {
        if (args.length % 2 == 0 || !args[0].equals("serve")) {
            return null;
        }
        Path config = null;
        Integer port = null;
        Integer adminPort = null;
        Path data = null;
        Set<String> seen = new HashSet<>();
        for (int i = 1; i < args.length; i += 2) {
            String value = args[i + 1];
            if (!seen.add(args[i]) || !isPlain(value)) {
                return null;
            }
            switch (args[i]) {
                case CONFIG -> config = Path.of(value);
                case DATA -> data = Path.of(value);
                case PORT -> port = number(value);
                case ADMIN_PORT -> adminPort = number(value);
                default -> {
                    return null;
                }
            }
        }
        boolean misread = seen.contains(PORT) && port == null || seen.contains(ADMIN_PORT) && adminPort == null;
        return misread ? null : new ServeOptions(config, port, adminPort, data, AccessLogging.AUTO);
    }

    /** Neither an option, nor quoted, nor a file of arguments. */
    private static boolean isPlain(String value) {
        return !value.isEmpty() && value.chars().allMatch(c -> c == '/' || c == '.' || c == '_' || c == '-' || alnum(c))
                && value.charAt(0) != '-';
    }

    private static boolean alnum(int c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static @Nullable Integer number(String digits) {
        return digits.length() <= 5 && digits.chars().allMatch(c -> c >= '0' && c <= '9') ? Integer.valueOf(digits) : null;
    }
}
