package dev.kept.core.check;

import dev.kept.core.notice.Notice;
import dev.kept.core.notice.version.Comparison;
import dev.kept.core.notice.version.Draft;
import dev.kept.core.notice.version.NextReader;
import dev.kept.core.notice.version.NextReader.Next;
import dev.kept.core.notice.version.Obeyed;
import dev.kept.core.notice.version.Published;
import dev.kept.core.notice.version.Version;
import dev.kept.core.notice.version.VersionReader;
import dev.kept.core.source.Place;
import dev.kept.core.source.Problem;
import dev.kept.core.source.Reading;
import dev.kept.core.source.SourceText;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The versions of a notice, and what it is beside them.
 *
 * @param versions as they were published, in order
 * @param next what {@code next.yaml} says
 * @param draft what the rules will say of themselves once they are published; empty where they are the newest version's, or the first
 */
public record Editions(List<Published> versions, Optional<Next> next, Optional<Draft> draft) {

    static final Editions NONE = new Editions(List.of(), Optional.empty(), Optional.empty());

    public Editions {
        versions = List.copyOf(versions);
    }

    /** @param publishing the day on which the notice is to take effect, where that is asked; else a draft stands in for the newest version */
    static Editions read(
            SourceText rules,
            Notice notice,
            List<SourceText> published,
            Optional<SourceText> nextFile,
            Optional<LocalDate> publishing,
            List<Problem> problems) {
        Reading<List<Published>> reading =
                VersionReader.read(published, Optional.of(new VersionReader.Known(rules, notice)));
        problems.addAll(reading.problems());
        List<Published> versions = reading.value().orElse(List.of());
        Optional<Next> next = nextFile.flatMap(file -> {
            Reading<Next> said = NextReader.read(file, notice, versions);
            problems.addAll(said.problems());
            return said.value();
        });
        if (versions.isEmpty() || versions.getLast().notice().equals(notice)) {
            return new Editions(versions, next, Optional.empty());
        }
        Published last = versions.getLast();
        if (publishing.isEmpty()) {
            problems.add(Problem.advice(
                    "rules-unpublished",
                    Place.of(rules.name()),
                    "",
                    "the rules are not those of version " + versions.size()
                            + ", the newest published: nothing is obeyed that people were not told",
                    "kept publish --dry-run says what is new; kept publish freezes it"));
        }
        LocalDate effective = next.flatMap(Next::effective)
                .orElseGet(() -> last.notBefore(publishing.orElse(last.version().effective())));
        return new Editions(
                versions,
                next,
                Optional.of(new Draft(
                        effective,
                        next.flatMap(Next::asksWithin).orElse(Version.DEFAULT_ASKS_WITHIN),
                        Comparison.of(
                                        last.notice(),
                                        notice,
                                        List.of(),
                                        List.of(),
                                        next.map(Next::renamed).orElse(Map.of()))
                                .suspends(),
                        next.map(Next::reachesBack).orElse(Map.of()),
                        next.map(Next::renamed).orElse(Map.of()))));
    }

    /** The rules that bind: the notice's, and what earlier versions still say of data dated while they stood. */
    Notice obeyed(Notice notice) {
        return Obeyed.rules(notice, versions, draft);
    }
}
