package io.tollgate.budget.usagelog;

import java.util.List;

/** Where rows are kept for good. Confined to the usage log's writer thread. */
public interface RowStore extends AutoCloseable {
    /**
     * Keeps all of these rows or, when it throws, none. After a return they survive the death of the process.
     *
     * @throws StoreException when the store cannot take rows now; the same rows may be offered again
     */
    void write(List<UsageRow> rows);

    /** Puts everything in order for the next start. */
    @Override
    void close();
}
