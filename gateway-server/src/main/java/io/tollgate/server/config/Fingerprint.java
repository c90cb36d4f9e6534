package io.tollgate.server.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.TreeSet;

/** Tells whether files have changed by what they hold, which sees through renames, swapped symbolic links and kept dates. */
final class Fingerprint {
    private Fingerprint() {}

    /** One value for all these files; a file that cannot be read has one too. */
    static String of(Collection<Path> files) {
        MessageDigest digest = sha256();
        for (Path file : new TreeSet<>(files)) {
            digest.update((file + "\0").getBytes(StandardCharsets.UTF_8));
            MessageDigest content = sha256();
            try (InputStream in = new DigestInputStream(Files.newInputStream(file), content)) {
                in.transferTo(OutputStream.nullOutputStream());
                digest.update(content.digest());
            } catch (IOException e) {
                digest.update((byte) 0);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
