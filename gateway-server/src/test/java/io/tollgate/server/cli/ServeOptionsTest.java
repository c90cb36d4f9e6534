package io.tollgate.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read without picocli is read as picocli reads it; all else is left to it. */
class ServeOptionsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "serve",
                "serve --config config/tollgate.yaml",
                "serve --port 0 --admin-port 8081",
                "serve --data /var/lib/tollgate --config /etc/tollgate.yaml --admin-port 0 --port 65535",
                "serve --port 00080",
                "serve --config ../t.yaml --data ./d_1",
            })
    void aPlainLineIsReadAsPicocliReadsIt(String line) {
        String[] args = line.split(" ");
        ServeCommand command = new ServeCommand();
        CommandLines.of(List.of(command)).parseArgs(args);
        assertThat(ServeOptions.plain(args)).isEqualTo(command.options());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "report",
                "serve --help",
                "serve --port",
                "serve --port=80",
                "serve --port eighty",
                "serve --port -1",
                "serve --port 123456",
                "serve --port 80 --port 81",
                "serve --prot 80",
                "serve --config --data",
                "serve --config \"a.yaml\"",
                "serve --config @file",
                "serve --access-log off",
                "serve extra",
                "SERVE",
            })
    void whatIsNotPlainIsLeftToPicocli(String line) {
        assertThat(ServeOptions.plain(line.split(" "))).isNull();
    }

    @Test
    void aNumberThatIsNoPortIsRefusedEitherWay() {
        assertThatThrownBy(() -> ServeOptions.plain("serve", "--port", "99999"))
                .isInstanceOf(UsageException.class)
                .hasMessage("--port is 99999; expected a port from 0 to 65535, 0 picks one");
        ServeCommand command = new ServeCommand();
        CommandLines.of(List.of(command)).parseArgs("serve", "--admin-port=-1");
        assertThatThrownBy(command::options)
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--admin-port is -1");
    }
}
