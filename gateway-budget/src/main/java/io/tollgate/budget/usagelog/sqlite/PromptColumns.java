package io.tollgate.budget.usagelog.sqlite;

import io.tollgate.budget.usagelog.PromptFacts;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;

/** The columns of {@link PromptFacts}, the last ones of {@code usage_row}; null instead of 0, which takes no room. */
final class PromptColumns {
    private static final List<String> NAMES = List.of(
            "request_hash",
            "prefix_hash",
            "prefix_bytes",
            "system_bytes",
            "body_bytes",
            "turns",
            "tools",
            "document_hash",
            "document_bytes");

    static final int COUNT = NAMES.size();

    /** Adds them to a file of the first format, whose rows have none. */
    static final List<String> MIGRATION = NAMES.stream()
            .map(name -> "ALTER TABLE usage_row ADD COLUMN " + name + " INTEGER")
            .toList();

    private PromptColumns() {}

    static void bind(PreparedStatement insert, int first, PromptFacts facts) throws SQLException {
        long[] values = {
            facts.requestHash(),
            facts.prefixHash(),
            facts.prefixBytes(),
            facts.systemBytes(),
            facts.bodyBytes(),
            facts.turns(),
            facts.tools(),
            facts.documentHash(),
            facts.documentBytes()
        };
        for (int i = 0; i < values.length; i++) {
            if (values[i] == 0) {
                insert.setNull(first + i, Types.INTEGER);
            } else {
                insert.setLong(first + i, values[i]);
            }
        }
    }

    static PromptFacts read(ResultSet result, int first) throws SQLException {
        PromptFacts facts = new PromptFacts(
                result.getLong(first),
                result.getLong(first + 1),
                result.getInt(first + 2),
                result.getInt(first + 3),
                result.getInt(first + 4),
                result.getInt(first + 5),
                result.getInt(first + 6),
                result.getLong(first + 7),
                result.getInt(first + 8));
        return facts.equals(PromptFacts.NONE) ? PromptFacts.NONE : facts;
    }
}
