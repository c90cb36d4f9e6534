package io.tollgate.server.cli;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
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

    /** Neither an option, nor quoted, nor the name of a file of arguments. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9/._][A-Za-z0-9/._-]*");

    private static final Pattern PLAIN_NUMBER = Pattern.compile("[0-9]{1,5}");

    private static final int LAST_PORT = 65_535;

    /**
     * Checks the ports.
     *
     * @throws UsageException for a number that is no port
     */
    public ServeOptions {
        check(PORT, port);
        check(ADMIN_PORT, adminPort);
    }

    private static void check(String option, @Nullable Integer port) {
        if (port != null && (port < 0 || port > LAST_PORT)) {
            throw new UsageException(
                    option + " is " + port + "; expected a port from 0 to " + LAST_PORT + ", 0 picks one");
        }
    }

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
            boolean isPort = args[i].equals(PORT) || args[i].equals(ADMIN_PORT);
            if (!seen.add(args[i])
                    || !(isPort ? PLAIN_NUMBER : PLAIN).matcher(value).matches()) {
                return null;
            }
            switch (args[i]) {
                case CONFIG -> config = Path.of(value);
                case DATA -> data = Path.of(value);
                case PORT -> port = Integer.valueOf(value);
                case ADMIN_PORT -> adminPort = Integer.valueOf(value);
                default -> {
                    return null;
                }
            }
        }
        return new ServeOptions(config, port, adminPort, data, AccessLogging.AUTO);
    }
}
