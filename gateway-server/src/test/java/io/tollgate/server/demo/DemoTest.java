package io.tollgate.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.budget.report.Dimension;
import io.tollgate.budget.report.LedgerReader;
import io.tollgate.budget.report.Period;
import io.tollgate.budget.report.UsageQuery;
import io.tollgate.budget.report.UsageSummary;
import io.tollgate.budget.report.UsageTable;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {
    @TempDir
    Path data;

    @Test
    void every_call_of_the_workload_is_in_the_ledger_and_in_the_report() throws Exception {
        StringWriter out = new StringWriter();
        try (Demo demo = Demo.start(new DemoConfig(0, 0, data))) {
            demo.play(new PrintWriter(out));
        }

        List<DemoScene> scenes = DemoWorkload.scenes();
        UsageTable byTeam = usage("team");
        assertThat(byTeam.rows())
                .extracting(row -> row.group().getFirst(), UsageSummary::requests)
                .containsExactlyInAnyOrderElementsOf(scenes.stream()
                        .collect(Collectors.groupingBy(DemoScene::team, Collectors.summingLong(DemoScene::times)))
                        .entrySet()
                        .stream()
                        .map(team -> org.assertj.core.groups.Tuple.tuple(team.getKey(), team.getValue()))
                        .toList());
        assertThat(byTeam.total().errors()).isEqualTo(1);
        assertThat(byTeam.total().unpriced()).isZero();
        assertThat(byTeam.total().costNanos()).isPositive();
        assertThat(byTeam.total().usage().cacheRead()).isPositive();
        assertThat(usage("end").rows())
                .filteredOn(row -> row.group().contains("client_gone"))
                .extracting(UsageSummary::requests)
                .containsExactly(1L);
        assertThat(usage("provider").rows())
                .extracting(row -> row.group().getFirst())
                .containsExactlyInAnyOrder("openai", "anthropic", "gemini", "groq");
        assertThat(out.toString())
                .contains(
                        "1 hung up",
                        "1 error 503",
                        "24 ok",
                        "They would have cost",
                        "the kept answer was given again",
                        "a smaller model answered",
                        "the provider remembered a long instruction",
                        "They did cost");
        assertThat(byTeam.total().cacheHits()).isEqualTo(9);
        assertThat(byTeam.total().baselineNanos() - byTeam.total().savedTotalNanos())
                .isEqualTo(byTeam.total().costNanos());
        assertThat(scenes).allSatisfy(scene -> assertThat(out.toString()).contains(scene.model()));
    }

    private UsageTable usage(String by) {
        return new LedgerReader(data)
                .usage(new UsageQuery(Period.EVER, Map.of(), Dimension.list(by), null, ZoneOffset.UTC));
    }

    @Test
    void a_port_that_is_taken_makes_way_for_a_free_one() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(DemoPorts.freeOr0(taken.getLocalPort())).isZero();
        }
    }

    @Test
    void only_a_temporary_folder_goes_with_the_demo() throws Exception {
        DemoFolder temporary = DemoFolder.of(null);
        Files.writeString(
                Files.createDirectory(temporary.path().resolve("inner")).resolve("file"), "x");
        temporary.close();
        assertThat(temporary.path()).doesNotExist();

        DemoFolder given = DemoFolder.of(data);
        given.close();
        assertThat(data).exists();
    }
}
