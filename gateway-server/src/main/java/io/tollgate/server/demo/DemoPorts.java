package io.tollgate.server.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Which ports a demo takes: it should start whatever else runs on the machine. */
final class DemoPorts {
    private DemoPorts() {}

    /** This port of the loopback address while it is free, else 0, which picks a free one. */
    static int freeOr0(int preferred) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true); // a connection of an earlier run that lingers does not count
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), preferred));
            return preferred;
        } catch (IOException e) {
            return 0;
        }
    }
}
