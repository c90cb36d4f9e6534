package io.tollgate.budget.alerts.channel;

import io.tollgate.core.provider.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The value of {@code x-tollgate-signature}: {@code t=SECONDS,v1=HEX}, where HEX is the HMAC-SHA256, under the shared
 * secret's UTF-8 bytes, of {@code SECONDS.BODY}. The time is that of the attempt, so that a receiver can refuse what was
 * recorded and is played again.
 */
public final class WebhookSignature {
    /** The header. */
    public static final String HEADER = "x-tollgate-signature";

    private static final String ALGORITHM = "HmacSHA256";

    private WebhookSignature() {}

    /** Of a body sent now. */
    public static String of(byte[] body, Instant now, Secret secret) {
        String seconds = Long.toString(now.getEpochSecond());
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.UTF_8), ALGORITHM));
            mac.update((seconds + ".").getBytes(StandardCharsets.UTF_8));
            return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK knows " + ALGORITHM, e);
        }
    }
}
