package io.tollgate.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Runs the launcher in an installation of its own, with a JDK that only says how it was called. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
    @TempDir
    Path folder;

    private Path home;

    @BeforeEach
    void install() throws IOException {
        home = Files.createDirectories(folder.toRealPath().resolve("a folder with spaces"));
        Files.copy(Path.of("..", "tollgate"), home.resolve("tollgate"));
        Files.createDirectory(home.resolve("lib"));
        Files.createFile(home.resolve("lib").resolve("b.jar"));
        Files.createFile(home.resolve("lib").resolve("a.jar"));
    }

    @Test
    void it_runs_through_a_symbolic_link_from_anywhere_and_passes_arguments_on() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), home.resolve("tollgate"));
        Result result = run(link, Map.of("TOLLGATE_JAVA_HOME", jdk("25.0.3").toString()), "check", "--config", "x y");

        assertThat(result.code).isZero();
        assertThat(result.lines())
                .contains("-Dtollgate.home=" + home, home + "/lib/a.jar:" + home + "/lib/b.jar", "-Xmx256m")
                .endsWith("io.tollgate.server.Main", "check", "--config", "x y");
    }

    @Test
    void java_options_come_last_and_replace_the_collector() throws Exception {
        Result result = run(
                home.resolve("tollgate"),
                Map.of("TOLLGATE_JAVA_HOME", jdk("26-ea").toString(), "TOLLGATE_JAVA_OPTS", "-XX:+UseG1GC -Xmx1g"),
                "serve");

        assertThat(result.lines())
                .doesNotContain("-XX:+UseSerialGC")
                .containsSubsequence("-Xmx256m", "-XX:+UseG1GC", "-Xmx1g");
    }

    @Test
    void libraries_that_another_start_unpacked_stay_when_this_one_fails_to_make_its_own() throws Exception {
        Path library = Files.createDirectory(home.resolve("native-25.0.3")).resolve("lib.so");
        Files.createFile(library);
        Result result = run(
                home.resolve("tollgate"),
                Map.of("TOLLGATE_JAVA_HOME", jdk("25.0.3").toString()),
                "serve");

        assertThat(result.code).isZero();
        assertThat(library).exists();
        try (Stream<Path> beside = Files.list(home)) {
            assertThat(beside.map(file -> file.getFileName().toString()).filter(name -> name.startsWith("native")))
                    .containsExactly("native-25.0.3");
        }
    }

    @Test
    void a_jdk_that_is_too_old_or_none_is_refused_in_one_line() throws Exception {
        Result old = run(
                home.resolve("tollgate"),
                Map.of("TOLLGATE_JAVA_HOME", jdk("21.0.1").toString()));
        Result none = run(home.resolve("tollgate"), Map.of("TOLLGATE_JAVA_HOME", folder.toString()));

        assertThat(old.code).isEqualTo(2);
        assertThat(old.lines()).singleElement().asString().contains("which is 21.0.1; expected a JDK 25 or newer");
        assertThat(none.code).isEqualTo(2);
        assertThat(none.lines()).singleElement().asString().contains("which is no JDK; expected a JDK 25 or newer");
    }

    private Path jdk(String version) throws IOException {
        Path jdk = folder.resolve("jdk " + version);
        Files.createDirectories(jdk.resolve("bin"));
        Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"");
        Path java = Files.writeString(jdk.resolve("bin").resolve("java"), "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
        return jdk;
    }

    private record Result(int code, String output) {
        List<String> lines() {
            return output.lines().toList();
        }
    }

    private Result run(Path launcher, Map<String, String> environment, String... args) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(Stream.concat(Stream.of("sh", launcher.toString()), Stream.of(args))
                .toList());
        builder.environment().remove("TOLLGATE_JAVA_OPTS");
        builder.environment().putAll(environment);
        Process process =
                builder.directory(folder.toFile()).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return new Result(process.exitValue(), output);
    }
}
