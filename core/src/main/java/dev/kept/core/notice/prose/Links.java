package dev.kept.core.notice.prose;

import dev.kept.core.source.Problem;
import dev.kept.core.source.Problems;
import dev.kept.core.source.Spelling;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Whether links can lead anywhere, without following them. */
final class Links {

    private static final Set<String> WEB = Set.of("https", "http");

    private Links() {}

    static void check(Prose prose, Problems problems) {
        Set<String> anchors = new LinkedHashSet<>();
        prose.sentences()
                .flatMap(sentence -> sentence.anchors().stream())
                .forEach(anchor -> anchors.add(anchor.path()));
        prose.sentences()
                .flatMap(Sentence::inlines)
                .filter(Inline.Link.class::isInstance)
                .map(Inline.Link.class::cast)
                .forEach(link -> check(link, anchors, problems));
    }

    private static void check(Inline.Link link, Set<String> anchors, Problems problems) {
        String destination = link.destination();
        if (destination.startsWith("#")) {
            String path = destination.substring(1);
            if (!anchors.contains(path)) {
                problems.add(Problem.error(
                        "link-dead",
                        link.place(),
                        path,
                        "the link leads to `" + destination + "`, but no sentence here states that",
                        Spelling.nearest(path, anchors)
                                .map(nearest -> "did you mean `#" + nearest + "`?")
                                .orElse("link to the path of an anchored sentence or heading")));
            }
            return;
        }
        wrong(destination)
                .ifPresent(why -> problems.add(Problem.error(
                        "link-malformed",
                        link.place(),
                        "",
                        "the link's address " + why,
                        "write a whole address (`https://…`), `mailto:…`, a path from the root (`/…`) or `#path`")));
    }

    private static Optional<String> wrong(String destination) {
        URI uri;
        try {
            uri = new URI(destination);
        } catch (URISyntaxException e) {
            return Optional.of("cannot be read");
        }
        String scheme = uri.getScheme();
        if (scheme == null) {
            return destination.startsWith("/") && uri.getHost() == null && !destination.startsWith("//")
                    ? Optional.empty()
                    : Optional.of("is not a whole one");
        }
        if (WEB.contains(scheme)) {
            return uri.getHost() == null ? Optional.of("names no host") : Optional.empty();
        }
        return switch (scheme) {
            case "mailto" ->
                uri.getSchemeSpecificPart().contains("@") ? Optional.empty() : Optional.of("is no e-mail address");
            case "tel" -> Optional.empty();
            default -> Optional.of("has the scheme `" + scheme + ":`, which pages do not link to");
        };
    }
}
