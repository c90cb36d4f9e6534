package io.tollgate.server.cli;

import io.tollgate.core.http.BodyEdit;
import io.tollgate.core.http.RequestBody;
import io.tollgate.core.http.SplicedBody;
import io.tollgate.core.tokens.InputEstimator;
import io.tollgate.routing.shaping.Truncation;
import io.tollgate.routing.shaping.text.Strategy;
import io.tollgate.server.config.ConfigException;
import io.tollgate.server.trial.TrialRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code try truncate}: what is left of each request, shortened to a number of tokens. */
@Command(
        name = "truncate",
        description = "Shortens each request that is longer than a number of tokens.",
        footer = {"", "Answers are {\"request\":{…},\"tokens_before\":N,\"tokens_after\":N}."})
public final class TryTruncateCommand implements Callable<Integer> {
    private static final int TRIES = 8;

    @Mixin
    private TrialFiles files = new TrialFiles();

    @Option(
            names = "--max-input-tokens",
            paramLabel = "N",
            required = true,
            description = "Tokens of the whole prompt.")
    private long most;

    @Option(
            names = "--strategy",
            paramLabel = "S",
            defaultValue = "relevant",
            description = "start, end, middle, paragraphs or relevant. Default: ${DEFAULT-VALUE}.")
    private String strategy = "relevant";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws ConfigException, IOException {
        if (most < 1) {
            throw new UsageException("--max-input-tokens " + most + ": expected a number from 1 up");
        }
        Strategy chosen = strategy();
        files.run(files.config(), spec.commandLine().getOut(), request -> answer(request, chosen));
        return ExitCodes.FINE;
    }

    private Strategy strategy() {
        for (Strategy known : Strategy.values()) {
            if (known.name().equalsIgnoreCase(strategy)) {
                return known;
            }
        }
        throw new UsageException(
                "--strategy " + strategy + " is unknown; expected start, end, middle, paragraphs or relevant");
    }

    private static byte[] shortened(TrialRequest request, long bytes, Strategy chosen) {
        List<BodyEdit> edits = Truncation.edits(request.facts(), request.body(), bytes, chosen);
        return new SplicedBody(request.body(), edits).toBytes();
    }

    /** What comes nearest to the tokens wanted without more of them, by trying. */
    private String answer(TrialRequest request, Strategy chosen) {
        long before = InputEstimator.estimate(request.endpoint(), request.body(), request.model());
        byte[] shaped = request.body().copy();
        long after = before;
        double bytesPerToken = request.facts().textBytes() / (double) Math.max(1, before);
        double tooFew = 0;
        double enough = Double.NaN;
        double bytes = (before - most) * bytesPerToken;
        for (int i = 0; i < TRIES && before > most && after != most; i++) {
            byte[] next = shortened(request, (long) Math.ceil(bytes), chosen);
            long tokens = InputEstimator.estimate(request.endpoint(), RequestBody.of(next), request.model());
            boolean fits = tokens <= most;
            if (fits ? after > most || tokens > after : after > most) {
                shaped = next;
                after = tokens;
            }
            if (fits) {
                enough = bytes;
            } else {
                tooFew = bytes;
            }
            bytes = Double.isNaN(enough)
                    ? bytes + Math.max(60, 1.5 * (tokens - most) * bytesPerToken)
                    : (tooFew + enough) / 2;
        }
        String json =
                new String(shaped, StandardCharsets.UTF_8).replace('\n', ' ').replace('\r', ' ');
        return "{\"request\":" + json + ",\"tokens_before\":" + before + ",\"tokens_after\":" + after + "}";
    }
}
