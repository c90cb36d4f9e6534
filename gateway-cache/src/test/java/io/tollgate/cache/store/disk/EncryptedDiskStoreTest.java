package io.tollgate.cache.store.disk;

import io.tollgate.cache.store.ReplyStore;
import io.tollgate.cache.store.StoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class EncryptedDiskStoreTest extends StoreContract {
    @TempDir
    Path folder;

    @Override
    protected ReplyStore open() {
        return DiskStore.open(
                new DiskSettings(folder, MAX_BYTES, EncryptionKey.of(new byte[EncryptionKey.LENGTH])), clock);
    }
}
