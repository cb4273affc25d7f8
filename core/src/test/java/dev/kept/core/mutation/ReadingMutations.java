package dev.kept.core.mutation;

import static dev.kept.core.mutation.Mutation.reading;

import dev.kept.core.datamap.Store;
import dev.kept.core.lifecycle.Facts;
import dev.kept.core.lifecycle.Facts.What;
import dev.kept.core.model.Model;
import dev.kept.core.notice.End;
import dev.kept.core.notice.Notice;
import dev.kept.core.notice.OnRequest;
import dev.kept.core.notice.Use;
import dev.kept.core.notice.Use.Past;
import dev.kept.core.notice.Window;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Mistakes in what the planner reads of notice and facts; the model reads them as they are. */
final class ReadingMutations {

    private ReadingMutations() {}

    static List<Mutation> all() {
        return Stream.of(facts(), uses(), versions()).flatMap(List::stream).toList();
    }

    // ---- facts -------------------------------------------------------------------------------------------------

    /** Consent that Kept recorded is not among them: without it a use is unknown, and a sweep leaves the same. */
    private static List<Mutation> facts() {
        return List.of(
                facts("holds are ignored", facts -> new Facts(facts.persons(), List.of())),
                without("restrictions are ignored", What.Restricted.class::isInstance),
                without("requests for erasure are ignored", What.Erased.class::isInstance),
                without("uses that were ended are ignored", What.Ended.class::isInstance));
    }

    private static Mutation facts(String name, UnaryOperator<Facts> change) {
        return reading(name, q -> question(q, q.notice(), q.store(), change.apply(q.facts())));
    }

    private static Mutation without(String name, Predicate<What> what) {
        return facts(
                name,
                facts -> new Facts(
                        facts.persons().stream()
                                .filter(fact -> !what.test(fact.what()))
                                .toList(),
                        facts.holds()));
    }

    static Model.Question question(Model.Question q, Notice notice, Store store, Facts facts) {
        return new Model.Question(notice, store, q.catalogue(), q.before(), q.asOf(), facts);
    }

    // ---- uses --------------------------------------------------------------------------------------------------

    private static List<Mutation> uses() {
        return List.of(
                ends(
                        "an end of year is not waited for",
                        clause -> new End.Clause(
                                clause.events(), clause.span(), false, clause.renews(), clause.window())),
                ends(
                        "what an end falls back on is not read",
                        clause -> new End.Clause(
                                clause.events().subList(0, 1),
                                clause.span(),
                                clause.endOfYear(),
                                clause.renews(),
                                clause.window())),
                use(
                        "the earliest of last-of counts",
                        use -> with(
                                use,
                                use.ends().stream()
                                        .<End>flatMap(end -> end.clauses().stream())
                                        .toList(),
                                use.begins(),
                                use.onRequest(),
                                use.directMarketing())),
                use(
                        "only the first end counts",
                        use -> with(
                                use,
                                use.ends().subList(0, Math.min(1, use.ends().size())),
                                use.begins(),
                                use.onRequest(),
                                use.directMarketing())),
                use(
                        "a request ends everything",
                        use -> with(use, use.ends(), use.begins(), OnRequest.ENDS, use.directMarketing())),
                use(
                        "a request ends nothing",
                        use -> with(use, use.ends(), use.begins(), OnRequest.NEVER, use.directMarketing())),
                use(
                        "an objection to marketing is not heard",
                        use -> with(use, use.ends(), use.begins(), use.onRequest(), false)),
                use("every objection ends a use", use -> with(use, use.ends(), use.begins(), use.onRequest(), true)));
    }

    // ---- versions ----------------------------------------------------------------------------------------------

    private static List<Mutation> versions() {
        return List.of(
                use("earlier versions bind nothing", use -> use.with(use.ends(), Past.NONE)),
                use(
                        "data that joined a use served it always",
                        use -> use.with(use.ends(), new Past(use.past().ends(), Map.of(), List.of()))),
                windows(
                        "earlier versions bind what is dated after them",
                        window -> new Window(Optional.empty(), window.from(), window.until())),
                windows(
                        "versions bind before they take effect",
                        window -> new Window(window.before(), Optional.empty(), window.until())),
                windows(
                        "a version never reaches back",
                        window -> new Window(window.before(), window.from(), Optional.empty())));
    }

    private static Mutation windows(String name, UnaryOperator<Window> change) {
        UnaryOperator<List<End>> ends = all -> all.stream()
                .map(end -> end.within(change.apply(end.clauses().getFirst().window())))
                .toList();
        return use(
                name,
                use -> use.with(
                        ends.apply(use.ends()),
                        new Past(
                                ends.apply(use.past().ends()),
                                use.past().joined(),
                                use.past().asked())));
    }

    private static Mutation ends(String name, UnaryOperator<End.Clause> change) {
        return use(
                name,
                use -> with(
                        use,
                        use.ends().stream()
                                .<End>map(end -> switch (end) {
                                    case End.Clause clause -> change.apply(clause);
                                    case End.LastOf lastOf ->
                                        new End.LastOf(lastOf.clauses().stream()
                                                .map(change)
                                                .toList());
                                })
                                .toList(),
                        use.begins(),
                        use.onRequest(),
                        use.directMarketing()));
    }

    private static Use with(
            Use use, List<End> ends, Optional<String> begins, OnRequest onRequest, boolean directMarketing) {
        return new Use(
                use.id(),
                use.path(),
                use.basis(),
                use.interest(),
                use.purposes(),
                use.data(),
                begins,
                ends,
                onRequest,
                use.whiles(),
                directMarketing,
                use.anonymisedAtLeast(),
                use.law(),
                use.duty(),
                use.past());
    }

    private static Mutation use(String name, UnaryOperator<Use> change) {
        return reading(name, q -> {
            Map<String, Use> uses = new LinkedHashMap<>(q.notice().uses());
            uses.replaceAll((id, use) -> change.apply(use));
            return question(q, q.notice().with(uses), q.store(), q.facts());
        });
    }
}
