package dev.kept.server.api;

import dev.kept.server.signin.Action;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The description of the API (OpenAPI 3.1), made of the routes themselves. */
final class OpenApi {

    private static final Pattern NAMED = Pattern.compile("\\{([a-z]+)}");
    private static final String COMPONENTS = "#/components/schemas/";

    private OpenApi() {}

    static Map<String, Object> of(List<Route> routes) {
        Map<String, Object> paths = new LinkedHashMap<>();
        for (Route route : routes) {
            Object there = paths.computeIfAbsent(route.path(), path -> new LinkedHashMap<String, Object>());
            if (there instanceof Map<?, ?> path) {
                @SuppressWarnings("unchecked") // made in the line above
                Map<String, Object> operations = (Map<String, Object>) path;
                operations.put(route.method().name().toLowerCase(Locale.ROOT), operation(route));
            }
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("openapi", "3.1.0");
        document.put(
                "info",
                ordered(
                        "title",
                        "Kept",
                        "version",
                        "1",
                        "description",
                        "Requests of persons, and what else Kept tells, for programs."));
        document.put("servers", List.of(Map.of("url", ApiRoom.ROOT)));
        document.put("paths", paths);
        document.put("components", components());
        return document;
    }

    private static Map<String, Object> operation(Route route) {
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("operationId", route.id());
        operation.put("summary", route.says());
        operation.put(
                "security",
                List.of(Map.of(
                        "key", route.needs().map(Action::word).map(List::of).orElse(List.of()))));
        List<Map<String, Object>> parameters = parameters(route);
        if (!parameters.isEmpty()) {
            operation.put("parameters", parameters);
        }
        route.body()
                .ifPresent(shape -> operation.put(
                        "requestBody",
                        ordered("required", true, "content", Map.of(Answer.JSON, Map.of("schema", shape.schema())))));
        operation.put("responses", responses(route));
        return operation;
    }

    private static List<Map<String, Object>> parameters(Route route) {
        List<Map<String, Object>> parameters = new ArrayList<>();
        NAMED.matcher(route.path())
                .results()
                .map(MatchResult::group)
                .map(name -> name.substring(1, name.length() - 1))
                .forEach(name -> parameters.add(
                        parameter(name, "path", true, name.equals("id") ? Shape.id() : Answers.NUMBER, "")));
        route.query()
                .forEach(field -> parameters.add(parameter(field.name(), "query", false, field.shape(), field.says())));
        if (route.effect() == Route.Effect.ACTS) {
            parameters.add(parameter(
                    "If-Match", "header", true, Shape.line(1, 1_000), "the ETag of the request as it was read, or *"));
        }
        if (route.effect() != Route.Effect.READS) {
            parameters.add(parameter(
                    "Idempotency-Key",
                    "header",
                    route.effect() == Route.Effect.CREATES,
                    Shape.line(1, 102),
                    "a fresh one for every new call: sent again with it, a call is done once"));
        }
        return parameters;
    }

    private static Map<String, Object> parameter(String name, String in, boolean required, Shape shape, String says) {
        Map<String, Object> parameter = ordered("name", name, "in", in, "required", required, "schema", shape.schema());
        if (!says.isEmpty()) {
            parameter.put("description", says);
        }
        return parameter;
    }

    private static Map<String, Object> responses(Route route) {
        Map<String, Object> responses = new LinkedHashMap<>();
        Map<String, Object> done = ordered(
                "description",
                "done",
                "content",
                Map.of(Answer.JSON, Map.of("schema", Map.of("$ref", COMPONENTS + route.answer()))));
        if (route.answer().equals(Answers.REQUEST)) {
            done.put(
                    "headers",
                    Map.of("ETag", ordered("description", "for If-Match", "schema", Map.of("type", "string"))));
        }
        responses.put(Integer.toString(route.status()), done);
        problems(route)
                .forEach(status ->
                        responses.put(Integer.toString(status), Map.of("$ref", "#/components/responses/Problem")));
        responses.put("default", Map.of("$ref", "#/components/responses/Problem"));
        return responses;
    }

    private static List<Integer> problems(Route route) {
        List<Integer> statuses = new ArrayList<>(List.of(400, 401));
        if (route.needs().isPresent()) {
            statuses.add(403);
        }
        if (route.path().contains("{")) {
            statuses.add(404);
        }
        switch (route.effect()) {
            case READS -> {}
            case CREATES, ADDS -> statuses.addAll(List.of(409, 413, 415, 422));
            case ACTS -> statuses.addAll(List.of(409, 412, 413, 415, 422, 428));
        }
        statuses.addAll(List.of(429, 503));
        return statuses;
    }

    private static Map<String, Object> components() {
        Map<String, Object> schemas = new LinkedHashMap<>();
        Answers.all().forEach((name, shape) -> schemas.put(name, shape.schema()));
        Map<String, Object> components = new LinkedHashMap<>();
        components.put("schemas", schemas);
        components.put(
                "responses",
                Map.of(
                        "Problem",
                        ordered(
                                "description",
                                "not done (RFC 9457); types: "
                                        + String.join(
                                                ", ",
                                                Arrays.stream(ProblemType.values())
                                                        .map(ProblemType::address)
                                                        .toList()),
                                "content",
                                Map.of(
                                        "application/problem+json",
                                        Map.of("schema", Map.of("$ref", COMPONENTS + Answers.PROBLEM))))));
        components.put(
                "securitySchemes",
                Map.of(
                        "key",
                        ordered(
                                "type",
                                "http",
                                "scheme",
                                "bearer",
                                "description",
                                "a key as staff grant it in the console, or a key that may grant keys, with the scopes that the operation names")));
        return components;
    }

    private static Map<String, Object> ordered(Object... namesAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put(namesAndValues[i].toString(), namesAndValues[i + 1]);
        }
        return map;
    }
}
