package io.tollgate.server.cli;

import io.tollgate.core.text.JsonString;
import io.tollgate.routing.complexity.Complexity;
import io.tollgate.routing.complexity.ComplexityClassifier;
import io.tollgate.routing.complexity.LearnedClassifier;
import io.tollgate.routing.complexity.RulesClassifier;
import io.tollgate.routing.complexity.TaskClassifier;
import io.tollgate.routing.complexity.model.LinearModel;
import io.tollgate.routing.complexity.request.QuestionReader;
import io.tollgate.server.config.ConfigException;
import io.tollgate.server.trial.TrialRequest;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code try complexity}: how hard each request is taken to be, and why. */
@Command(
        name = "complexity",
        description = "Scores how hard each request is, as rules on complexity see it.",
        footer = {"", "Answers are {\"score\":0..1,\"class\":\"simple|complex\",\"reasons\":[…]}; higher is harder."})
public final class TryComplexityCommand implements Callable<Integer> {
    private static final String TASK = "x-tollgate-task";
    private static final int DIGITS = 6;

    @Mixin
    private TrialFiles files = new TrialFiles();

    @Option(
            names = "--classifier",
            paramLabel = "NAME",
            defaultValue = "learned",
            description = "learned or rules. Default: ${DEFAULT-VALUE}.")
    private String classifier = "learned";

    @Option(
            names = "--weights",
            paramLabel = "FILE",
            description = "Weights written by train complexity. Default: those that come with the program.")
    private @Nullable Path weights;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws ConfigException, IOException {
        ComplexityClassifier chosen = new TaskClassifier(chosen());
        files.run(files.config(), spec.commandLine().getOut(), request -> answer(chosen, request));
        return ExitCodes.FINE;
    }

    private ComplexityClassifier chosen() {
        Path file = weights;
        return switch (classifier) {
            case "rules" -> new RulesClassifier();
            case "learned" -> file == null ? LearnedClassifier.shipped() : new LearnedClassifier(read(file));
            default ->
                throw new UsageException("--classifier " + classifier + " is unknown; expected learned or rules");
        };
    }

    private static LinearModel read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return LinearModel.read(in);
        } catch (IOException e) {
            throw new UsageException("--weights " + file + " cannot be read: " + e.getMessage());
        }
    }

    private static String answer(ComplexityClassifier classifier, TrialRequest request) {
        Complexity complexity = classifier.classify(QuestionReader.read(
                request.facts(), request.body(), request.head().header(TASK)));
        String reasons =
                complexity.reasons().stream().map(JsonString::quote).collect(Collectors.joining(",", "[", "]"));
        return "{\"score\":"
                + BigDecimal.valueOf(complexity.score())
                        .setScale(DIGITS, RoundingMode.HALF_EVEN)
                        .toPlainString()
                + ",\"class\":\"" + complexity.verdict().wireName() + "\",\"reasons\":" + reasons + "}";
    }
}
