package io.tollgate.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tollgate.server.gateway.TestGateway;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The admin API's description, held against a running gateway: each path answers as documented, and none is missing. */
class OpenApiTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CONFIG = """
            cache: {exact: {enabled: true}}
            budgets:
              - {name: all, match: {}, period: month, limit: {usd: 0.00001},
                 steps: [{at: 1%, do: notify}, {at: 100%, do: notify}]}
            routing: [{name: mini, when: {model: [gpt-4o]}, use: [gpt-4o-mini]}]
            """;

    private static TestGateway gateway = TestGateway.start(CONFIG);
    private static JsonNode document = JSON.createObjectNode();
    private static String request = "";

    @BeforeAll
    static void make_traffic() throws Exception {
        String call = "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}";
        request = gateway.row(gateway.post("/v1/chat/completions", call, "x-tollgate-team", "search"))
                .requestId();
        gateway.post("/v1/chat/completions", call, "x-tollgate-team", "search");
        gateway.post("/v1/chat/completions", call.replace("gpt-4o", "nobody-prices-me"));
        gateway.rows(3);
        document = JSON.readTree(
                gateway.get(gateway.server().adminUrl() + OpenApiResource.PATH).body());
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void every_path_there_is_is_documented() throws Exception {
        String list = JSON.readTree(
                        gateway.get(gateway.server().adminUrl() + "/nowhere").body())
                .get("detail")
                .asText();
        TreeSet<String> served = new TreeSet<>(
                List.of(list.substring(list.indexOf('[') + 1, list.indexOf(']')).split(", ")));
        served.removeIf(path -> path.startsWith("/dashboard/")); // files of the page at /
        TreeSet<String> documented = new TreeSet<>();
        document.get("paths").fieldNames().forEachRemaining(documented::add);
        assertThat(documented).isEqualTo(served);
    }

    @TestFactory
    List<DynamicTest> every_operation_answers_as_documented() {
        List<DynamicTest> tests = new ArrayList<>();
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(operation -> tests.add(DynamicTest.dynamicTest(
                                operation.getKey() + " " + path.getKey(),
                                () -> check(operation.getKey(), path.getKey(), operation.getValue())))));
        return tests;
    }

    private static void check(String method, String path, JsonNode operation) throws Exception {
        String target = path;
        StringBuilder query = new StringBuilder();
        for (JsonNode parameter : operation.path("parameters")) {
            if (parameter.has("example")) {
                String example = parameter
                        .get("example")
                        .asText()
                        .replace("REQUEST", request)
                        .replace("BUDGET", "all")
                        .replace("RULE", "mini");
                String name = parameter.get("name").asText();
                if (parameter.get("in").asText().equals("path")) {
                    target = target.replace("{" + name + "}", example);
                } else {
                    query.append(query.isEmpty() ? "?" : "&")
                            .append(name)
                            .append('=')
                            .append(URLEncoder.encode(example, StandardCharsets.UTF_8));
                }
            }
        }
        JsonNode body = operation
                .path("requestBody")
                .path("content")
                .path("application/json")
                .path("example");
        HttpRequest call = HttpRequest.newBuilder(URI.create(gateway.server().adminUrl() + target + query))
                .method(
                        method.toUpperCase(java.util.Locale.ROOT),
                        body.isMissingNode()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
        if (path.equals(LiveFeed.PATH)) {
            HttpResponse<InputStream> live = gateway.client().send(call, HttpResponse.BodyHandlers.ofInputStream());
            assertThat(live.headers().firstValue("content-type")).hasValue("text/event-stream");
            live.body().close();
            return;
        }
        HttpResponse<String> answer = gateway.client().send(call, HttpResponse.BodyHandlers.ofString());
        JsonNode documented = operation.get("responses").path(Integer.toString(answer.statusCode()));
        assertThat(documented.isMissingNode())
                .as(answer.statusCode() + " " + answer.body())
                .isFalse();
        // Where nothing was loaded from a file, loading it again is the one thing that cannot succeed here.
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(path.endsWith("/reload") ? 409 : 200);
        Map.Entry<String, JsonNode> content =
                documented.get("content").properties().iterator().next();
        assertThat(answer.headers().firstValue("content-type").orElse("")).startsWith(content.getKey());
        if (content.getKey().endsWith("json")) {
            List<String> wrong = new ArrayList<>();
            validate(JSON.readTree(answer.body()), content.getValue().get("schema"), "$", wrong);
            assertThat(wrong).as(answer.body()).isEmpty();
        }
    }

    private static void validate(JsonNode value, JsonNode schema, String at, List<String> wrong) {
        if (schema.has("$ref")) {
            String name = schema.get("$ref").asText();
            JsonNode referred = document.at(name.substring(1));
            assertThat(referred.isMissingNode()).as(name).isFalse();
            validate(value, referred, at, wrong);
            return;
        }
        if (schema.has("oneOf")) {
            List<String> fits = new ArrayList<>();
            for (JsonNode one : schema.get("oneOf")) {
                List<String> other = new ArrayList<>();
                validate(value, one, at, other);
                fits.add(other.isEmpty() ? "" : other.getFirst());
            }
            if (!fits.contains("")) {
                wrong.addAll(fits);
            }
            return;
        }
        JsonNode type = schema.path("type");
        boolean fits = type.isTextual() && is(value, type.asText());
        for (JsonNode one : type) {
            fits |= is(value, one.asText());
        }
        if (!type.isMissingNode() && !fits) {
            wrong.add(at + ": expected " + type + ", is " + value);
            return;
        }
        if (schema.has("enum") && !schema.get("enum").toString().contains(value.toString())) {
            wrong.add(at + ": " + value + " is none of " + schema.get("enum"));
        }
        if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                validate(value.get(i), schema.get("items"), at + "[" + i + "]", wrong);
            }
        } else if (value.isObject()) {
            members(value, schema, at, wrong);
        }
    }

    private static void members(JsonNode value, JsonNode schema, String at, List<String> wrong) {
        for (JsonNode name : schema.path("required")) {
            if (!value.has(name.asText())) {
                wrong.add(at + ": lacks " + name.asText());
            }
        }
        JsonNode others = schema.path("additionalProperties");
        value.properties().forEach(member -> {
            JsonNode known = schema.path("properties").path(member.getKey());
            if (!known.isMissingNode()) {
                validate(member.getValue(), known, at + "." + member.getKey(), wrong);
            } else if (others.isObject()) {
                validate(member.getValue(), others, at + "." + member.getKey(), wrong);
            } else if (others.isBoolean() && !others.asBoolean()) {
                wrong.add(at + "." + member.getKey() + " is not documented");
            }
        });
    }

    private static boolean is(JsonNode value, String type) {
        return switch (type) {
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "string" -> value.isTextual();
            case "boolean" -> value.isBoolean();
            case "null" -> value.isNull();
            case "array" -> value.isArray();
            default -> value.isObject();
        };
    }
}
