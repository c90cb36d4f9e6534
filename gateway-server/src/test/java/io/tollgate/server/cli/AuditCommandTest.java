package io.tollgate.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The golden folder: what is found in {@code audit/prompts} is in the files beside it, and nothing else is found. */
class AuditCommandTest {
    private static final Path GOLDEN = Path.of("src/test/resources/audit");

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int audit(Object... options) {
        List<String> args = new ArrayList<>(List.of("audit"));
        for (Object option : options) {
            args.add(option.toString());
        }
        CommandLine line = CommandLines.of(List.of(new AuditCommand()));
        line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return line.execute(args.toArray(String[]::new));
    }

    private String file(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    @ParameterizedTest
    @CsvSource({"table, expected.txt", "json, expected.json", "md, expected.md", "sarif, expected.sarif"})
    void the_golden_folder_is_found_as_it_was(String format, String golden) throws Exception {
        assertThat(audit("--format", format, GOLDEN.resolve("prompts"))).isEqualTo(1);
        assertThat(out).hasToString(Files.readString(GOLDEN.resolve(golden)));
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void sarif_has_the_shape_that_code_hosts_read() throws Exception {
        audit("--format", "sarif", GOLDEN.resolve("prompts"));
        assertThat(sarif("json_extract(?1, '$.version') || json_array_length(?1, '$.runs')"))
                .isEqualTo("2.1.01");
        String results = "FROM json_each(?1, '$.runs[0].results') r";
        assertThat(sarif("(SELECT count(*) " + results + ")")).isEqualTo("11");
        // Each result's rule is the one its index points at, its level is SARIF's, its region is in the file.
        assertThat(sarif("(SELECT count(*) " + results + " WHERE json_extract(?1, '$.runs[0].tool.driver.rules['"
                        + " || json_extract(r.value, '$.ruleIndex') || '].id') = json_extract(r.value, '$.ruleId')"
                        + " AND json_extract(r.value, '$.level') IN ('note', 'warning', 'error')"
                        + " AND length(json_extract(r.value, '$.message.text')) > 0)"))
                .isEqualTo("11");
        String region = "json_extract(r.value, '$.locations[0].physicalLocation.region.";
        assertThat(sarif("(SELECT count(*) " + results + " WHERE " + region + "startLine') >= 1 AND " + region
                        + "startColumn') >= 1 AND (" + region + "endLine') > " + region + "startLine') OR " + region
                        + "endColumn') >= " + region + "startColumn')))"))
                .isEqualTo("11");
        assertThat(sarif("(SELECT group_concat(DISTINCT json_extract(r.value,"
                        + " '$.locations[0].physicalLocation.artifactLocation.uri')) " + results + ")"))
                .isEqualTo(
                        "src/test/resources/audit/prompts/agent.yaml,src/test/resources/audit/prompts/fewshot.prompt,"
                                + "src/test/resources/audit/prompts/support.md,src/test/resources/audit/prompts/traffic.jsonl");
    }

    private String sarif(String expression) throws Exception {
        try (Connection memory = DriverManager.getConnection("jdbc:sqlite::memory:");
                PreparedStatement select = memory.prepareStatement("SELECT " + expression)) {
            select.setString(1, out.toString());
            ResultSet result = select.executeQuery();
            result.next();
            return result.getString(1);
        }
    }

    @Test
    void a_clean_file_is_fine_and_a_note_fails_only_where_it_is_asked_to() throws Exception {
        assertThat(audit(GOLDEN.resolve("prompts/clean.txt"))).isZero();
        assertThat(out).hasToString("Nothing found.\n");
        String polite = file("polite.txt", "Please sort these letters.");
        assertThat(audit(polite)).isZero();
        assertThat(audit("--fail-on", "note", polite)).isEqualTo(1);
        assertThat(audit("--fail-on", "never", GOLDEN.resolve("prompts"))).isZero();
    }

    @Test
    void bad_usage_is_told_apart_from_findings() {
        assertThat(audit("--format", "xml", folder)).isEqualTo(2);
        assertThat(audit("--fail-on", "bad", folder)).isEqualTo(2);
        assertThat(audit("--fail-on", "note")).isEqualTo(2);
        assertThat(audit("--from", "7d", folder)).isEqualTo(2);
        assertThat(audit(folder.resolve("nowhere"))).isEqualTo(2);
        assertThat(audit("--format", "sarif")).isEqualTo(2);
        assertThat(err.toString().lines())
                .contains(
                        "tollgate: --format 'xml': expected table, json, md or sarif",
                        "tollgate: --fail-on 'bad': expected note, warning, error or never",
                        "tollgate: " + folder.resolve("nowhere") + ": expected a file or folder that exists");
    }

    @Test
    void a_file_with_a_name_of_its_own_and_control_characters_is_shown_without_them() throws Exception {
        String odd = file("a b#\u001b[2J.json", "{\"model\":\"m\",\"input\":\"Hi\"}");
        assertThat(audit(odd)).isEqualTo(1);
        assertThat(out.toString()).contains("\uFFFD[2J.json:1:1: warning TG004").doesNotContain("\u001b");
        out.getBuffer().setLength(0);
        assertThat(audit("--format", "sarif", odd)).isEqualTo(1);
        assertThat(out.toString()).contains("a%20b%23%1B%5B2J.json");
    }

    @Test
    void nesting_and_aliases_without_end_are_an_issue_not_a_crash() throws Exception {
        String deep = file("deep.json", "{\"messages\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}");
        String bomb = file("bomb.yaml", """
                a: &a [x,x,x,x,x,x,x,x,x]
                b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]
                c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]
                d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]
                e: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]
                f: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e]
                g: &g [*f,*f,*f,*f,*f,*f,*f,*f,*f]
                messages: [*g,*g,*g,*g,*g,*g,*g,*g,*g]
                """);
        assertThat(audit(deep)).isEqualTo(1);
        assertThat(audit(bomb)).isEqualTo(1);
        assertThat(out.toString()).contains("deep.json:1:1: error TG000", "bomb.yaml:1:1: error TG000");
    }
}
