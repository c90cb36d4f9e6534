package io.tollgate.server.cli;

import io.tollgate.core.learn.Group;
import io.tollgate.core.text.JsonString;
import io.tollgate.core.tokens.InputEstimator;
import io.tollgate.core.tokens.learned.LearnedTokens;
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
        footer = {
            "",
            "Answers are {\"model\":\"…\",\"input_tokens\":N,\"hold_tokens\":M}: what will probably be billed, and what a"
                    + " budget holds while nothing has been learned of such calls. Tool calls that a recording has as JSON in the"
                    + " text of a message are counted as the calls they were."
        })
public final class TryTokensCommand implements Callable<Integer> {
    @Mixin
    private TrialFiles files = new TrialFiles();

    private static final Group NO_GROUP = new Group("", "", "");

    private final LearnedTokens unlearned = new LearnedTokens();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws ConfigException, IOException {
        files.run(files.config(), spec.commandLine().getOut(), this::answer);
        return ExitCodes.FINE;
    }

    private String answer(TrialRequest request) {
        String model = request.model();
        long tokens = InputEstimator.estimateTranscript(request.endpoint(), request.body(), model);
        long held = unlearned
                .input(NO_GROUP, request.endpoint(), request.facts(), request.body(), model)
                .held();
        return "{\"model\":" + (model == null ? "null" : JsonString.quote(model)) + ",\"input_tokens\":" + tokens
                + ",\"hold_tokens\":" + held + "}";
    }
}
