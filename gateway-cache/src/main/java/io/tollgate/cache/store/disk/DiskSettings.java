package io.tollgate.cache.store.disk;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where answers are kept on disk and how.
 *
 * @param path a folder of its own; created where it is missing, for its owner alone
 * @param maxBytes what the entries may take, in whole blocks of 4 KiB
 * @param encryption entries are encrypted by it; null to keep them as they are
 */
public record DiskSettings(
        Path path, long maxBytes, @Nullable EncryptionKey encryption) {}
