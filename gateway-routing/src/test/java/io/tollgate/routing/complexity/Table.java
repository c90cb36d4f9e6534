package io.tollgate.routing.complexity;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Tables of written prompts: three columns between tabs, {@code \n} for line breaks, {@code #} before remarks. */
final class Table {
    private Table() {}

    /** One row. */
    record Row(String language, String second, String third) {}

    static List<Row> read(String name) throws IOException {
        List<Row> rows = new ArrayList<>();
        try (InputStream in = Objects.requireNonNull(Table.class.getResourceAsStream(name), name)) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                if (!line.startsWith("#")) {
                    String[] parts = line.replace("\\n", "\n").split("\t", -1);
                    if (parts.length != 3) {
                        throw new IOException(name + ": expected three columns in " + line);
                    }
                    rows.add(new Row(parts[0], parts[1], parts[2]));
                }
            }
        }
        return rows;
    }
}
