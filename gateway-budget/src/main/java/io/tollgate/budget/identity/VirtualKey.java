package io.tollgate.budget.identity;

import io.tollgate.core.exchange.Tags;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key Tollgate gave out. The key itself is not known here, only its hash.
 *
 * @param id names it in tags, ledger and budgets
 * @param hash SHA-256 of the whole key's UTF-8 bytes, 32 bytes
 * @param tags every call of the key carries them; they win over a header's
 * @param allowModels globs of the models it may use; empty allows all
 * @param expires when it stops working, or null
 * @param disabled whether it is switched off
 */
public record VirtualKey(
        String id,
        byte[] hash,
        Tags tags,
        List<String> allowModels,
        @Nullable Instant expires,
        boolean disabled) {}
