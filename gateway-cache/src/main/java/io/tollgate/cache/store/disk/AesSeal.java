package io.tollgate.cache.store.disk;

import io.tollgate.cache.key.CacheKey;
import io.tollgate.cache.key.Scope;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * AES-256-GCM with a random nonce of 96 bits before the ciphertext; key and scope are associated data. Keys for
 * encryption, for names of files and for the folder are derived from the configured one by HKDF, so that none tells
 * another. Random nonces are safe for some four thousand million entries per key.
 */
final class AesSeal implements Seal {
    private static final int NONCE_LENGTH = 12;
    private static final int TAG_BITS = 128;
    private static final int MARK_BYTES = 8;
    private static final String MAC = "HmacSHA256";

    private final SecureRandom random = new SecureRandom();
    private final SecretKey cipherKey;
    private final SecretKey markKey;
    private final String folder;

    /** By keys derived from this one. */
    AesSeal(EncryptionKey key) {
        this.cipherKey = derive(key, "AES", "tollgate cache entries");
        this.markKey = derive(key, MAC, "tollgate cache names");
        this.folder = "aes-" + mark("folder", "");
    }

    private static SecretKey derive(EncryptionKey key, String algorithm, String purpose) {
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveKey(
                            algorithm,
                            HKDFParameterSpec.ofExtract()
                                    .addIKM(key.bytes())
                                    .thenExpand(purpose.getBytes(StandardCharsets.UTF_8), 32));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("JDK 25 has HKDF-SHA256", e);
        }
    }

    @Override
    public String folder() {
        return folder;
    }

    @Override
    public String mark(String kind, String text) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(markKey);
            mac.update(kind.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)), 0, MARK_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + MAC, e);
        }
    }

    @Override
    public byte[] seal(CacheKey key, Scope scope, byte[] plain) {
        byte[] nonce = new byte[NONCE_LENGTH];
        random.nextBytes(nonce);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, nonce, key, scope);
            byte[] sealed = Arrays.copyOf(nonce, NONCE_LENGTH + cipher.getOutputSize(plain.length));
            cipher.doFinal(plain, 0, plain.length, sealed, NONCE_LENGTH);
            return sealed;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM takes any bytes", e);
        }
    }

    @Override
    public byte @Nullable [] open(CacheKey key, Scope scope, byte[] sealed) {
        if (sealed.length < NONCE_LENGTH) {
            return null;
        }
        try {
            return cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(sealed, NONCE_LENGTH), key, scope)
                    .doFinal(sealed, NONCE_LENGTH, sealed.length - NONCE_LENGTH);
        } catch (GeneralSecurityException e) {
            return null; // another key, another scope, or damage: all the same to the caller
        }
    }

    private Cipher cipher(int mode, byte[] nonce, CacheKey key, Scope scope) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, cipherKey, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(Bound.to(key, scope));
        return cipher;
    }
}
