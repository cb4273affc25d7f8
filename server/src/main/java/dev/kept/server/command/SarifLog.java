package dev.kept.server.command;

import dev.kept.core.source.Place;
import dev.kept.core.source.Problem;
import dev.kept.core.source.Sha256;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a check found, as code review and code scanning read it: SARIF 2.1.0 (OASIS Standard, with Errata 01). Places are relative to the folder the
 * command is run in, the root of the sources by convention ({@code %SRCROOT%}); only places outside it name folders of the machine.
 */
final class SarifLog {

    private static final String SCHEMA =
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    /** Under which a result is known again when its line moves; the number changes with what is hashed. */
    private static final String FINGERPRINT = "keptProblem/v1";

    /**
     * A number in braces is a placeholder, and brackets before parentheses are a link (sections 3.11.5, 3.11.6). Other braces are left as they
     * are, although the standard doubles them: they stand in YAML that people copy, and viewers show what is written.
     */
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([0-9]+)}");

    private static final Pattern LINK = Pattern.compile("\\[([^\\]\\[]*)]\\(");

    private final Path folder;
    private final Path root;
    private final String version;

    /**
     * @param folder of the notice, as it was named
     * @param root of the sources: what places are relative to
     * @param version of this Kept
     */
    SarifLog(Path folder, Path root, String version) {
        this.root = root.toAbsolutePath().normalize();
        this.folder = this.root.resolve(folder).normalize();
        this.version = version;
    }

    Map<String, Object> document(List<Problem> problems, int exitCode) {
        Map<String, Problem.Severity> rules = new TreeMap<>();
        problems.forEach(problem -> rules.merge(problem.code(), problem.severity(), SarifLog::worse));
        List<String> ids = new ArrayList<>(rules.keySet());
        Map<String, Object> driver = new LinkedHashMap<>();
        driver.put("name", "Kept");
        driver.put("version", version);
        driver.put(
                "rules",
                rules.entrySet().stream()
                        .map(rule -> rule(rule.getKey(), rule.getValue()))
                        .toList());
        Map<String, Object> run = new LinkedHashMap<>();
        run.put("tool", Map.of("driver", driver));
        run.put("invocations", List.of(inOrder("executionSuccessful", true, "exitCode", exitCode)));
        run.put("columnKind", "unicodeCodePoints");
        run.put(
                "results",
                problems.stream().map(problem -> result(problem, ids)).toList());
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("$schema", SCHEMA);
        document.put("version", "2.1.0");
        document.put("runs", List.of(run));
        return document;
    }

    /** Two of a document's members, in the same order every time: the same check writes the same file. */
    private static Map<String, Object> inOrder(String one, Object value, String other, Object otherValue) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put(one, value);
        members.put(other, otherValue);
        return members;
    }

    private static Problem.Severity worse(Problem.Severity one, Problem.Severity other) {
        return one == Problem.Severity.ERROR ? one : other;
    }

    private static String level(Problem.Severity severity) {
        return severity == Problem.Severity.ERROR ? "error" : "note";
    }

    private static Map<String, Object> rule(String code, Problem.Severity severity) {
        Map<String, Object> rule = new LinkedHashMap<>();
        rule.put("id", code);
        rule.put("shortDescription", Map.of("text", code.replace('-', ' ')));
        rule.put("defaultConfiguration", Map.of("level", level(severity)));
        return rule;
    }

    private Map<String, Object> result(Problem problem, List<String> rules) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("ruleId", problem.code());
        result.put("ruleIndex", rules.indexOf(problem.code()));
        result.put("level", level(problem.severity()));
        result.put("message", Map.of("text", message(problem)));
        result.put("locations", List.of(location(problem)));
        result.put("partialFingerprints", Map.of(FINGERPRINT, fingerprint(problem)));
        return result;
    }

    /** All of it in one text: viewers show nothing else for sure. */
    private static String message(Problem problem) {
        StringBuilder text = new StringBuilder(problem.message());
        problem.difference()
                .ifPresent(difference -> text.append("\nexpected: ")
                        .append(difference.expected())
                        .append("\nfound: ")
                        .append(difference.found()));
        if (!problem.attempt().isEmpty()) {
            text.append("\ntry: ").append(problem.attempt());
        }
        String placed = PLACEHOLDER.matcher(text).replaceAll("{{$1}}");
        return LINK.matcher(placed).replaceAll("\\\\[$1\\\\](");
    }

    private Map<String, Object> location(Problem problem) {
        Map<String, Object> physical = new LinkedHashMap<>();
        physical.put("artifactLocation", artifact(problem.place().file()));
        Place place = problem.place();
        if (place.line() > 0) {
            physical.put("region", inOrder("startLine", place.line(), "startColumn", Math.max(place.column(), 1)));
        }
        Map<String, Object> location = new LinkedHashMap<>();
        location.put("physicalLocation", physical);
        if (!problem.path().isEmpty()) {
            location.put("logicalLocations", List.of(Map.of("fullyQualifiedName", problem.path())));
        }
        return location;
    }

    private Map<String, Object> artifact(String file) {
        Path path = folder.resolve(file).normalize();
        if (!path.startsWith(root)) {
            return Map.of("uri", path.toUri().toASCIIString());
        }
        StringBuilder relative = new StringBuilder();
        root.relativize(path)
                .forEach(part -> relative.append(relative.isEmpty() ? "" : "/").append(part));
        return inOrder("uri", encoded(relative.toString()), "uriBaseId", "%SRCROOT%");
    }

    /** A relative reference (RFC 3986): a first part with a colon would be read as a scheme, so it begins with a folder. */
    private static String encoded(String path) {
        try {
            String first = path.split("/", 2)[0];
            return new URI(null, null, first.contains(":") ? "./" + path : path, null).toASCIIString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("a path that is no URI", e);
        }
    }

    private static String fingerprint(Problem problem) {
        String text = String.join("\n", problem.code(), problem.place().file(), problem.path(), problem.message());
        return Sha256.of(text);
    }
}
