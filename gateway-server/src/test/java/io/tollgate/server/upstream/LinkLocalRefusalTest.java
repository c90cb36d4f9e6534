package io.tollgate.server.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import io.tollgate.server.loop.Loops;
import io.tollgate.server.loop.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A provider's name decides where calls go only as long as it does not point to where clouds keep credentials. */
@Timeout(30)
class LinkLocalRefusalTest {
    private static final Map<String, String[]> NAMES = Map.of(
            "metadata.example", new String[] {"169.254.169.254"},
            "six.example", new String[] {"fe80::1", "fd00:ec2::254"},
            "translated.example", new String[] {"64:ff9b::a9fe:a9fe"},
            "both.example", new String[] {"169.254.169.254", "127.0.0.1"},
            "private.example", new String[] {"127.0.0.1"});

    private static final Loops LOOPS = new Loops(Transport.best(), 1, System::nanoTime);
    private static final Resolvers RESOLVERS = new Resolvers(LinkLocalRefusalTest::resolve);

    @AfterAll
    static void stop() {
        LOOPS.close();
    }

    private static InetAddress[] resolve(String host) throws UnknownHostException {
        String[] addresses = NAMES.get(host);
        if (addresses == null) {
            throw new UnknownHostException(host);
        }
        return Stream.of(addresses).map(InetAddress::ofLiteral).toArray(InetAddress[]::new);
    }

    private static UpstreamConnection connect(Origin origin) throws Exception {
        EventLoop loop = (EventLoop) LOOPS.group().iterator().next();
        ConnectionPool pool = new ConnectionPool(
                loop, LOOPS.transport(), new UpstreamTls(null), RESOLVERS, new UpstreamLoad(), System::nanoTime);
        CompletableFuture<UpstreamConnection> connected = new CompletableFuture<>();
        loop.execute(() -> pool.acquire(origin, 5_000, true, new ConnectionPool.Acquired() {
            @Override
            public void connection(UpstreamConnection connection) {
                connected.complete(connection);
            }

            @Override
            public void failed(Throwable cause) {
                connected.completeExceptionally(cause);
            }
        }));
        return connected.get(20, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"metadata.example", "six.example", "translated.example"})
    void a_name_that_resolves_to_nothing_else_is_not_connected_to(String host) {
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> connect(new Origin(false, host, 80, false))))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(UnknownHostException.class)
                .hasMessageStartingWith(host + " resolves to ")
                .hasMessageEndingWith("refused without allow_link_local: true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"both.example", "private.example"})
    void a_name_that_resolves_to_the_machine_itself_is_connected_to_there(String host) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            UpstreamConnection connection = connect(new Origin(false, host, server.getLocalPort(), false));
            assertThat(connection.isOpen()).isTrue();
            connection.cancel();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_provider_that_is_allowed_to_gets_whatever_its_name_resolves_to() throws Exception {
        Origin allowed = new Origin(false, "metadata.example", 80, true);
        InetSocketAddress address = RESOLVERS
                .of(allowed)
                .getResolver(LOOPS.group().iterator().next())
                .resolve(InetSocketAddress.createUnresolved(allowed.host(), allowed.port()))
                .get();
        assertThat(address.getAddress()).isEqualTo(InetAddress.ofLiteral("169.254.169.254"));
    }
}
