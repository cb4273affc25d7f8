package dev.kept.core.notice;

import dev.kept.core.source.Element;
import dev.kept.core.source.Fields;
import dev.kept.core.source.Spelling;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the uses of chapter 2 and the duties and permissions of {@code keeps.beyond}. */
final class UseReader {

    /** The largest group that {@code at-least} may ask for; a larger number is a slip of the pen. */
    static final int MAX_AT_LEAST = 1_000_000;

    private static final Map<String, LegalBasis> BASES = Written.words(LegalBasis::word, List.of(LegalBasis.values()));
    private static final Map<String, OnRequest> ON_REQUEST =
            Written.words(OnRequest::word, List.of(OnRequest.values()));

    private final Set<String> categories;
    private final Set<String> unread;

    UseReader(Set<String> categories, Set<String> unread) {
        this.categories = categories;
        this.unread = unread;
    }

    Map<String, Use> uses(Optional<Element> written) {
        Map<String, Use> uses = new LinkedHashMap<>();
        written.map(Element::entries).orElse(Map.of()).forEach((id, element) -> uses.put(id, use(id, element)));
        written.filter(e -> e.kind() == Element.Kind.MAPPING && uses.isEmpty())
                .ifPresent(e -> e.error("nothing-listed", "`uses` lists no use", "add at least one"));
        return uses;
    }

    void beyond(Element written, Map<String, Use> uses) {
        written.entries().forEach((id, element) -> {
            Use use = beyond(id, element);
            if (uses.putIfAbsent(id, use) != null) {
                element.problemAtKey(
                        "duplicate-use",
                        "`" + id + "` is the name of a use in chapter 2 already",
                        "give one of them another name");
            }
        });
    }

    private Use use(String id, Element element) {
        Written.named(element);
        Fields known = element.fields(
                "basis",
                "purpose",
                "interest",
                "data",
                "begins",
                "ends",
                "on-request",
                "while",
                "direct-marketing",
                "form",
                "at-least");
        LegalBasis basis = basis(
                element, known.required("basis", "name its legal basis (Art. 6): " + Spelling.oneOf(BASES.keySet())));
        Optional<Integer> atLeast = anonymised(element, known);
        return new Use(
                id,
                element.dotted(),
                basis,
                known.get("interest").flatMap(Element::text),
                known.get("purpose").map(e -> e.listOf(Written::term)).orElse(List.of()),
                data(element, known),
                known.get("begins").flatMap(Written::event),
                ends(element, known),
                known.get("on-request").flatMap(e -> e.choice(ON_REQUEST)).orElse(OnRequest.defaultFor(basis)),
                known.get("while").map(e -> e.listOf(Written::event)).orElse(List.of()),
                known.get("direct-marketing").flatMap(Element::flag).orElse(false),
                atLeast,
                Optional.empty());
    }

    private Use beyond(String id, Element element) {
        Written.named(element);
        Fields known = element.fields(
                "law", "duty", "basis", "interest", "purpose", "data", "begins", "ends", "on-request", "while");
        Optional<String> law = known.required("law", "cite the law that requires or permits it")
                .flatMap(Element::text);
        Use.Duty duty = known.get("duty")
                .flatMap(e -> e.choice(Map.of("required", Use.Duty.REQUIRED, "permitted", Use.Duty.PERMITTED)))
                .orElse(Use.Duty.REQUIRED);
        Use use = new Use(
                id,
                element.dotted(),
                known.get("basis").flatMap(e -> e.choice(BASES)).orElse(LegalBasis.LEGAL_OBLIGATION),
                known.get("interest").flatMap(Element::text),
                known.get("purpose").map(e -> e.listOf(Written::term)).orElse(List.of()),
                data(element, known),
                known.get("begins").flatMap(Written::event),
                ends(element, known),
                known.get("on-request").flatMap(e -> e.choice(ON_REQUEST)).orElse(OnRequest.NEVER),
                known.get("while").map(e -> e.listOf(Written::event)).orElse(List.of()),
                false,
                Optional.empty(),
                law);
        return use.under(duty);
    }

    /** A basis that cannot be read counts as a contract: the one no further rule of the notice hangs on. */
    private LegalBasis basis(Element use, Optional<Element> written) {
        Optional<LegalBasis> basis = written.flatMap(e -> e.choice(BASES));
        if (basis.isEmpty()) {
            unread.add(use.dotted() + ".basis");
        }
        return basis.orElse(LegalBasis.CONTRACT);
    }

    private Set<String> data(Element use, Fields known) {
        Optional<Element> written = known.required("data", "list the categories it uses");
        Set<String> data = new LinkedHashSet<>(
                written.map(e -> e.listOf(item -> reference(item, categories, "unknown-data", "is not collected")))
                        .orElse(List.of()));
        if (data.isEmpty()) {
            unread.add(use.dotted() + ".data");
        }
        return data;
    }

    /** A name that must stand elsewhere in the notice. A misspelt one is taken for what it was meant to be, so that no problem follows from it. */
    static Optional<String> reference(Element element, Set<String> known, String code, String otherwise) {
        Optional<String> name = element.text();
        if (name.isPresent() && !known.contains(name.get())) {
            element.error(code, "`" + name.get() + "` " + otherwise, Spelling.suggest(name.get(), known));
            return Spelling.nearest(name.get(), known);
        }
        return name;
    }

    private Optional<Integer> anonymised(Element use, Fields known) {
        boolean form = known.get("form")
                .flatMap(e -> e.choice(Map.of("anonymised", true)))
                .orElse(false);
        Optional<Integer> atLeast =
                known.get("at-least").flatMap(e -> e.whole(2, MAX_AT_LEAST)).map(Long::intValue);
        if (known.has("form") && !known.has("at-least")) {
            use.problemAtKey(
                    "missing-key",
                    "`" + use.dotted() + "` says no `at-least`",
                    "say how many persons a figure covers at least, as in `at-least: 10`");
        }
        if (known.has("at-least") && !known.has("form")) {
            use.problemAtKey(
                    "missing-key",
                    "`" + use.dotted() + "` says `at-least` but no `form`",
                    "add `form: anonymised`, or leave `at-least` out");
        }
        if (form) {
            known.get("ends")
                    .ifPresent(ends -> ends.problemAtKey(
                            "anonymised-with-ends",
                            "`" + use.dotted() + "` concerns no person, so nothing of it ends",
                            "leave `ends` out"));
        }
        return form ? Optional.of(atLeast.orElse(2)) : Optional.empty();
    }

    private List<End> ends(Element use, Fields known) {
        Optional<Element> written = known.get("ends");
        List<End> ends = new ArrayList<>();
        boolean complete = true;
        for (Element item : written.map(Element::items).orElse(List.of())) {
            Optional<End> end = end(item);
            end.ifPresent(ends::add);
            complete &= end.isPresent();
        }
        written.filter(e -> e.kind() == Element.Kind.LIST && e.items().isEmpty())
                .ifPresent(e -> e.error("empty-list", "`" + e.dotted() + "` is an empty list", "add an end"));
        if (written.isPresent() && (ends.isEmpty() || !complete)) {
            unread.add(use.dotted() + ".ends");
        }
        return ends;
    }

    private static Optional<End> end(Element element) {
        if (element.kind() != Element.Kind.MAPPING || !element.entries().containsKey("last-of")) {
            return clause(element).map(End.class::cast);
        }
        List<End.Clause> clauses = new ArrayList<>();
        element.fields("last-of").get("last-of").ifPresent(list -> {
            list.items().forEach(item -> clause(item).ifPresent(clauses::add));
            if (list.kind() == Element.Kind.LIST && list.items().isEmpty()) {
                list.error("empty-list", "`" + list.dotted() + "` is an empty list", "add a clause");
            }
        });
        return clauses.isEmpty() ? Optional.empty() : Optional.of(new End.LastOf(clauses));
    }

    private static Optional<End.Clause> clause(Element element) {
        Fields known = element.fields("after", "else", "for", "rounded", "renews");
        Optional<String> after =
                known.required("after", "name the event the period counts from").flatMap(Written::event);
        Optional<Span> span =
                known.required("for", "add a period, as in `for: 2 years`").flatMap(Written::span);
        List<String> fallbacks =
                known.get("else").map(e -> e.listOf(Written::event)).orElse(List.of());
        boolean endOfYear = known.get("rounded")
                .flatMap(e -> e.choice(Map.of("end-of-year", true)))
                .orElse(false);
        boolean renews = known.get("renews").flatMap(Element::flag).orElse(false);
        if (after.isEmpty() || span.isEmpty()) {
            return Optional.empty();
        }
        List<String> events = new ArrayList<>();
        events.add(after.get());
        events.addAll(fallbacks);
        return Optional.of(new End.Clause(events, span.get(), endOfYear, renews));
    }
}
