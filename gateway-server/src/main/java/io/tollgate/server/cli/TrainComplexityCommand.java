package io.tollgate.server.cli;

import io.tollgate.routing.complexity.RulesClassifier;
import io.tollgate.routing.complexity.model.LinearModel;
import io.tollgate.routing.complexity.training.Apgr;
import io.tollgate.routing.complexity.training.CrossValidation;
import io.tollgate.routing.complexity.training.Example;
import io.tollgate.routing.complexity.training.ExampleReader;
import io.tollgate.routing.complexity.training.Trainer;
import io.tollgate.routing.complexity.training.TrainingException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code train complexity}: the weights of the learned classifier, from questions with the quality of two models' answers. */
@Command(
        name = "complexity",
        description = "Makes the weights that tell hard questions from easy ones.",
        footer = {
            "",
            "A line is {\"prompt\":\"…\",\"weak\":0..1,\"strong\":0..1} (how good a weak and a strong model's answers"
                    + " were), {\"prompt\":\"…\",\"scores\":{MODEL:0..1}} with --weak and --strong, or"
                    + " {\"prompt\":\"…\",\"label\":\"simple|complex\"}. A group (or task, domain) is what"
                    + " --cross-validate leaves out whole."
        })
public final class TrainComplexityCommand implements Callable<Integer> {
    private static final int LEAST = 20;

    @Option(
            names = "--input",
            paramLabel = "FILE.jsonl",
            required = true,
            description = "Examples, one a line; may be repeated, and packed as .gz.")
    private List<Path> inputs = new ArrayList<>();

    @Option(
            names = "--output",
            paramLabel = "FILE",
            defaultValue = "complexity.weights",
            description = "Where the weights go. Default: ${DEFAULT-VALUE}.")
    private Path output = Path.of("complexity.weights");

    @Option(names = "--weak", paramLabel = "MODEL", description = "The weak model, where lines have scores by model.")
    private @Nullable String weak;

    @Option(names = "--strong", paramLabel = "MODEL", description = "The strong one.")
    private @Nullable String strong;

    @Option(
            names = "--penalty",
            paramLabel = "X",
            defaultValue = "15",
            description = "Of large weights: more makes a more cautious model. Default: ${DEFAULT-VALUE}.")
    private double penalty = Trainer.Settings.DEFAULT.penalty();

    @Option(
            names = "--cross-validate",
            paramLabel = "N",
            description = "Also trains N times without a part of the examples, and tells how well that part is judged:"
                    + " the area under the strong model's gain (APGR), where chance gets 0.5.")
    private int folds;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "7", description = "Of --cross-validate's parts.")
    private long seed;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        if (!(penalty > 0 && penalty < 1e9)) {
            throw new UsageException("--penalty " + penalty + ": expected a number above 0 and below 1e9");
        }
        if (folds < 0 || folds == 1 || folds > 100) {
            throw new UsageException("--cross-validate " + folds + ": expected 2 to 100 parts");
        }
        Path folder = output.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new UsageException("--output " + output + ": expected a file in a folder that exists");
        }
        PrintWriter progress = spec.commandLine().getErr();
        List<Example> examples = examples(progress);
        Trainer.Settings settings = Trainer.Settings.DEFAULT.withPenalty(penalty);
        if (folds > 0) {
            crossValidate(examples, settings, progress);
        }
        write(new Trainer(settings).fit(examples), folder);
        progress.println("wrote " + output);
        progress.flush();
        return ExitCodes.FINE;
    }

    private List<Example> examples(PrintWriter progress) throws IOException {
        ExampleReader reader = new ExampleReader(weak, strong);
        for (Path input : inputs) {
            int before = reader.examples().size();
            try {
                reader.read(input);
            } catch (TrainingException e) {
                throw new UsageException(String.valueOf(e.getMessage()));
            } catch (NoSuchFileException e) {
                throw new UsageException("--input " + input + ": there is no such file");
            }
            progress.println(input + ": " + (reader.examples().size() - before) + " examples");
            progress.flush();
        }
        List<Example> examples = reader.examples();
        double first = examples.isEmpty() ? 0 : examples.getFirst().gain();
        if (examples.size() < LEAST || examples.stream().allMatch(example -> example.gain() == first)) {
            throw new UsageException("--input holds " + examples.size() + " examples"
                    + (examples.size() < LEAST ? "" : ", all of the same gain")
                    + "; expected at least " + LEAST + ", of different gains");
        }
        return examples;
    }

    private void crossValidate(List<Example> examples, Trainer.Settings settings, PrintWriter progress) {
        CrossValidation validation = new CrossValidation(new Trainer(settings), folds, seed);
        IntConsumer told = done -> {
            progress.println("part " + done + " of " + folds);
            progress.flush();
        };
        RulesClassifier rules = new RulesClassifier();
        double[] byRules = examples.stream()
                .mapToDouble(example -> CrossValidation.score(rules, example))
                .toArray();
        CrossValidation.Outcome seen = validation.leavingExamplesOut(examples, told);
        CrossValidation.Outcome unseen = validation.leavingGroupsOut(examples, told);
        progress.println("APGR of each input: rules, learned (examples left out), learned (groups left out), the same"
                + " as the mean of the parts");
        for (int source = 0; source < inputs.size(); source++) {
            int of = source;
            Predicate<Example> chosen = example -> example.source() == of;
            progress.println(String.format(
                    Locale.ROOT,
                    "%s: %.3f %.3f %.3f %.3f",
                    inputs.get(source),
                    Apgr.of(examples, byRules, chosen),
                    seen.apgr(chosen),
                    unseen.apgr(chosen),
                    unseen.apgrByPart(chosen)));
        }
        progress.flush();
    }

    private void write(LinearModel model, Path folder) throws IOException {
        Path draft = Files.createTempFile(folder, ".weights", ".bin");
        try {
            try (OutputStream out = Files.newOutputStream(draft)) {
                model.write(out);
            }
            Files.move(draft, output, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
