package io.tollgate.cache.store.memory;

import io.tollgate.cache.store.ReplyStore;
import io.tollgate.cache.store.StoreContract;

class MemoryStoreTest extends StoreContract {
    @Override
    protected ReplyStore open() {
        return new MemoryStore(MAX_BYTES, clock);
    }
}
