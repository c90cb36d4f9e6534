package io.tollgate.server.cli;

import io.tollgate.core.dialect.json.JsonString;
import io.tollgate.core.tokens.InputEstimator;
import io.tollgate.server.config.ConfigException;
import io.tollgate.server.trial.TrialRequest;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code try tokens}: how many input tokens each request will be billed, estimated offline. */
@Command(
        name = "tokens",
        description = "Estimates the input tokens of each request before it is sent.",
        footer = {"", "Answers are {\"model\":\"…\",\"input_tokens\":N}."})
public final class TryTokensCommand implements Callable<Integer> {
    @Mixin
    private TrialFiles files = new TrialFiles();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws ConfigException, IOException {
        files.run(files.config(), spec.commandLine().getOut(), TryTokensCommand::answer);
        return ExitCodes.FINE;
    }

    private static String answer(TrialRequest request) {
        String model = request.model();
        long tokens = InputEstimator.estimateTranscript(request.endpoint(), request.body(), model);
        return "{\"model\":" + (model == null ? "null" : JsonString.quote(model)) + ",\"input_tokens\":" + tokens + "}";
    }
}
