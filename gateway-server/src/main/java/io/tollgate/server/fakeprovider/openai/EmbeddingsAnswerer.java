package io.tollgate.server.fakeprovider.openai;

import static io.tollgate.server.fakeprovider.json.JsonText.object;

import io.tollgate.server.fakeprovider.answer.Answer;
import io.tollgate.server.fakeprovider.answer.Answerer;
import io.tollgate.server.fakeprovider.answer.Question;
import io.tollgate.server.fakeprovider.answer.UsageMode;
import io.tollgate.server.fakeprovider.json.JsonObject;
import io.tollgate.server.fakeprovider.json.JsonText;
import io.tollgate.server.fakeprovider.text.Seed;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** POST /v1/embeddings: unit vectors that follow from the text, as numbers or base64 of little-endian floats. */
public final class EmbeddingsAnswerer implements Answerer {
    private static final int MOST_DIMENSIONS = 4096;

    @Override
    public Answer answer(Question question) {
        JsonObject body = question.body();
        String model = body.string("model");
        if (model == null || !body.has("input")) {
            return OpenAiErrors.invalid("you must provide a model and an input", null, null);
        }
        if (model.startsWith("no-such-")) {
            return OpenAiErrors.noSuchModel(model);
        }
        int usual = model.contains("large") ? 3072 : 1536;
        int dimensions = Math.clamp(body.number("dimensions", usual), 1, MOST_DIMENSIONS);
        boolean base64 = body.string("encoding_format", "float").equals("base64");
        List<Object> rows = new ArrayList<>();
        int tokens = 0;
        for (String input : inputs(body.get("input"))) {
            float[] vector = vector(Seed.of(input), dimensions);
            rows.add(object(
                    "object",
                    "embedding",
                    "index",
                    rows.size(),
                    "embedding",
                    base64 ? base64(vector) : numbers(vector)));
            tokens += question.house().counter().count(input);
        }
        Map<String, @Nullable Object> answer = object("object", "list", "data", rows, "model", model);
        UsageMode mode = question.wish().usage();
        if (mode != UsageMode.NEVER) {
            int told = mode == UsageMode.ZERO ? 0 : tokens;
            answer.put("usage", object("prompt_tokens", told, "total_tokens", told));
        }
        return Answer.json(200, answer);
    }

    /** One text, several, one list of token numbers, or several of them. */
    private static List<String> inputs(@Nullable Object input) {
        if (!(input instanceof List<?> list)) {
            return List.of(String.valueOf(input));
        }
        if (!list.isEmpty() && list.getFirst() instanceof Long) {
            return List.of(JsonText.text(list));
        }
        List<String> texts = new ArrayList<>();
        for (Object element : list) {
            texts.add(element instanceof String text ? text : JsonText.text(element));
        }
        return texts;
    }

    private static float[] vector(long seed, int dimensions) {
        float[] vector = new float[dimensions];
        double square = 0;
        long state = seed;
        for (int i = 0; i < dimensions; i++) {
            state = Seed.next(state);
            vector[i] = Seed.below(state, 2001) / 1000f - 1f;
            square += (double) vector[i] * vector[i];
        }
        float scale = (float) (1 / Math.sqrt(Math.max(square, 1e-9)));
        for (int i = 0; i < dimensions; i++) {
            vector[i] *= scale;
        }
        return vector;
    }

    private static String base64(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    private static List<Float> numbers(float[] vector) {
        List<Float> numbers = new ArrayList<>(vector.length);
        for (float number : vector) {
            numbers.add(number);
        }
        return numbers;
    }
}
