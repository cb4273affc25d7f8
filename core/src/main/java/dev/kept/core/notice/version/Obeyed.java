package dev.kept.core.notice.version;

import dev.kept.core.notice.End;
import dev.kept.core.notice.LegalBasis;
import dev.kept.core.notice.Notice;
import dev.kept.core.notice.Span;
import dev.kept.core.notice.Use;
import dev.kept.core.notice.Use.Past;
import dev.kept.core.notice.Window;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rules that bind, of a notice and its earlier versions (DESIGN section 1, rule 10): what was dated while a version stood ends no later
 * than that version said, unless a later one reaches back, on a ground, and the people were told. A use that a version did not have lasts no
 * time at all for what is dated before it does.
 */
public final class Obeyed {

    /**
     * A version, or the notice that is to become one.
     *
     * @param effective empty for the first: nothing was promised before
     */
    record Edition(
            Notice notice,
            Optional<LocalDate> effective,
            Span asksWithin,
            List<String> suspends,
            Map<String, Version.ReachBack> reachesBack,
            Map<String, String> renamed) {

        Edition renamed(Map<String, String> names) {
            return new Edition(Renames.apply(notice, names), effective, asksWithin, suspends, reachesBack, renamed);
        }
    }

    private final List<Edition> editions;

    private Obeyed(List<Edition> editions) {
        this.editions = editions;
    }

    /**
     * @param notice the rules as they are written now; the newest version's, unless they are a draft
     * @param draft what the next version will say of itself; empty where the notice is the newest version's
     */
    public static Notice rules(Notice notice, List<Published> versions, Optional<Draft> draft) {
        List<Edition> editions = new ArrayList<>();
        for (Published published : versions) {
            Version version = published.version();
            editions.add(new Edition(
                    published.notice(),
                    editions.isEmpty() ? Optional.empty() : Optional.of(version.effective()),
                    version.asksWithin(),
                    version.suspends(),
                    version.reachesBack(),
                    version.renamed()));
        }
        draft.filter(next -> !editions.isEmpty())
                .ifPresent(next -> editions.add(new Edition(
                        notice,
                        Optional.of(next.effective()),
                        next.asksWithin(),
                        next.suspends(),
                        next.reachesBack(),
                        next.renamed())));
        return editions.size() < 2 ? notice : new Obeyed(renamed(editions)).rules(notice);
    }

    /** All as if uses had always had the names they have last. */
    private static List<Edition> renamed(List<Edition> editions) {
        List<Edition> named = new ArrayList<>(editions);
        for (int later = named.size() - 1; later > 0; later--) {
            Map<String, String> names = named.get(later).renamed();
            for (int i = 0; i < later; i++) {
                named.set(i, named.get(i).renamed(names));
            }
        }
        return named;
    }

    private Notice rules(Notice notice) {
        Map<String, Use> uses = new LinkedHashMap<>();
        notice.uses().forEach((id, use) -> uses.put(id, bound(use)));
        return notice.with(uses);
    }

    /**
     * What the notice said of a use for a time.
     *
     * @param from empty: from the beginning
     * @param use empty: it was not there
     */
    private record Phase(Optional<LocalDate> from, Optional<Use> use) {
        boolean saysTheSame(Optional<Use> other) {
            return use.map(Use::ends).equals(other.map(Use::ends));
        }
    }

    private Use bound(Use use) {
        List<Phase> phases = new ArrayList<>();
        for (Edition edition : editions) {
            Optional<Use> then =
                    Optional.ofNullable(edition.notice().uses().get(use.id())).filter(Use::concernsPersons);
            if (phases.isEmpty() || !phases.getLast().saysTheSame(then)) {
                if (!phases.isEmpty() && phases.getLast().from().equals(edition.effective())) {
                    phases.removeLast();
                }
                phases.add(new Phase(edition.effective(), then));
            }
        }
        List<End> past = new ArrayList<>();
        for (int i = 0; i + 1 < phases.size(); i++) {
            past.addAll(past(use, phases.get(i), phases.get(i + 1)));
        }
        past.addAll(unanswered(use));
        List<End> own = phases.getLast()
                .from()
                .map(from -> use.ends().stream()
                        .map(end -> end.within(Window.from(from)))
                        .toList())
                .orElse(use.ends());
        return use.with(own, new Past(past, joined(use), asked(use)));
    }

    /** What a phase that is over, or will be, still says of data dated before the next. */
    private List<End> past(Use use, Phase phase, Phase next) {
        LocalDate before = next.from().orElseThrow();
        Window window = within(use, new Window(Optional.of(before), phase.from(), Optional.empty()));
        return phase.use()
                .map(then -> then.ends().stream().map(end -> end.within(window)).toList())
                .orElseGet(
                        () -> use.ends().stream().map(end -> end.atOnce(window)).toList());
    }

    /** The same, as long as no version that came after reaches back. */
    private Window within(Use use, Window window) {
        LocalDate before = window.before().orElseThrow();
        return editions.stream()
                .filter(edition -> edition.effective()
                        .filter(effective -> !effective.isBefore(before))
                        .isPresent())
                .flatMap(edition -> Optional.ofNullable(edition.reachesBack().get(use.path()))
                        .flatMap(Version.ReachBack::told)
                        .map(told -> later(told, edition.effective().orElseThrow()))
                        .stream())
                .min(LocalDate::compareTo)
                .map(window::until)
                .orElse(window);
    }

    private static LocalDate later(LocalDate a, LocalDate b) {
        return a.isAfter(b) ? a : b;
    }

    /** For each category that the use has not always used: what is dated before it does is none of its own. */
    private Map<String, List<End>> joined(Use use) {
        Map<String, List<End>> joined = new LinkedHashMap<>();
        for (String category : use.data()) {
            Optional<LocalDate> since = Optional.empty();
            boolean before = true;
            for (Edition edition : editions) {
                Use then = edition.notice().uses().get(use.id());
                boolean now = then != null && then.data().contains(category);
                boolean wasThere = then != null && !before;
                since = now && wasThere ? edition.effective() : since;
                before = then == null || now;
            }
            since.ifPresent(day -> joined.put(
                    category,
                    use.ends().stream()
                            .map(end -> end.atOnce(within(use, Window.before(day))))
                            .toList()));
        }
        return joined;
    }

    private List<LocalDate> asked(Use use) {
        return suspending(use).stream()
                .map(edition -> edition.effective().orElseThrow())
                .toList();
    }

    /** A consent that was suspended and not given again in time has ended. */
    private List<End> unanswered(Use use) {
        Span none = new Span(0, Span.Unit.DAY);
        List<End> ends = new ArrayList<>();
        for (Edition edition : suspending(use)) {
            LocalDate since = edition.effective().orElseThrow();
            Window window = new Window(
                    Optional.of(since),
                    Optional.of(since.plus(edition.asksWithin().period())),
                    Optional.empty());
            ends.add(new End.Clause(List.of(use.id() + ".given"), none, false, false, window));
        }
        return ends;
    }

    private List<Edition> suspending(Use use) {
        return use.basis() != LegalBasis.CONSENT
                ? List.of()
                : editions.stream()
                        .filter(edition -> edition.suspends().contains(use.id()))
                        .filter(edition -> edition.effective().isPresent())
                        .toList();
    }
}
