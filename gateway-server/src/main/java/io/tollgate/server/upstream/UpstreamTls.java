package io.tollgate.server.upstream;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.File;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** TLS towards providers: the JDK's trust (or a CA file in its place), host names checked, BoringSSL where it loads. Made at first use. */
public final class UpstreamTls {
    private final @Nullable File trusted;
    private volatile @Nullable SslContext context;

    /** Trusts the certificates of {@code trusted} (PEM), or the JDK's when null. */
    public UpstreamTls(@Nullable File trusted) {
        this.trusted = trusted;
    }

    SslContext context() {
        SslContext made = context;
        if (made == null) {
            synchronized (this) {
                made = context;
                if (made == null) {
                    made = make();
                    context = made;
                }
            }
        }
        return made;
    }

    private SslContext make() {
        try {
            SslContextBuilder builder = SslContextBuilder.forClient()
                    .sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK)
                    .endpointIdentificationAlgorithm("HTTPS");
            return (trusted == null ? builder : builder.trustManager(trusted)).build();
        } catch (SSLException e) {
            throw new IllegalStateException("TLS towards providers cannot be set up: " + e.getMessage(), e);
        }
    }
}
