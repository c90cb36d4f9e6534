package io.tollgate.server.cli;

import picocli.CommandLine.IVersionProvider;

/** What {@code --version} says. */
public final class Version implements IVersionProvider {
    /** The product's version, from the jar's manifest. */
    public static String current() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {"tollgate " + current() + " (Java " + Runtime.version() + ")"};
    }
}
