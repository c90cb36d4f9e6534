package io.tollgate.server.e2e;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.File;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate of this machine's own for one test run, as each side needs it. */
final class Certificate {
    private final X509Bundle bundle;
    private final File chain;
    private final File key;

    Certificate() throws Exception {
        bundle = new CertificateBuilder()
                .subject("CN=localhost")
                .addSanDnsName("localhost")
                .addSanIpAddress("127.0.0.1")
                .setIsCertificateAuthority(true)
                .ecp256()
                .buildSelfSigned();
        chain = bundle.toTempCertChainPem();
        key = bundle.toTempPrivateKeyPem();
    }

    File chain() {
        return chain;
    }

    File key() {
        return key;
    }

    /** For a server that shows it. */
    SslContext server() throws Exception {
        return SslContextBuilder.forServer(chain, key).build();
    }

    /** For a client of the JDK that trusts it and nothing else. */
    SSLContext trusting() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("it", bundle.getCertificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
