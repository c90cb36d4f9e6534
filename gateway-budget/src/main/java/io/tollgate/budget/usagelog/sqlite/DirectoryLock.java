package io.tollgate.budget.usagelog.sqlite;

import io.tollgate.budget.usagelog.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keeps a second gateway from writing to the same data directory. The lock dies with the process, the file stays. */
final class DirectoryLock implements AutoCloseable {
    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    static DirectoryLock take(Path dataDir) {
        Path file = dataDir.resolve("ledger.lock");
        try {
            Files.createDirectories(dataDir, LedgerFile.ownerOnly("rwx------"));
            FileChannel channel = FileChannel.open(
                    file,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                    LedgerFile.ownerOnly("rw-------"));
            if (lock(channel) == null) {
                channel.close();
                throw new StoreException("another gateway already writes to " + dataDir.toAbsolutePath()
                        + " (it holds ledger.lock): stop it, or give this one a data_dir of its own");
            }
            return new DirectoryLock(channel);
        } catch (IOException e) {
            throw new StoreException("the data directory " + dataDir.toAbsolutePath() + " cannot be used: " + e, e);
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // held within this very process
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new StoreException("the data directory's lock cannot be released: " + e, e);
        }
    }
}
