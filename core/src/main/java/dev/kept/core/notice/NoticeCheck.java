package dev.kept.core.notice;

import dev.kept.core.source.Places;
import dev.kept.core.source.Problem;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What is wrong with a notice as a whole, as far as the notice alone shows it; {@link NoticeAdvice} says what it lacks. */
final class NoticeCheck {

    /** EU member states, Iceland, Liechtenstein and Norway: no transfer in the sense of GDPR Chapter V. */
    static final Set<String> EEA = Set.of(
            "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IS", "IT", "LI",
            "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK");

    private final Notice notice;
    private final Places places;
    private final Set<String> unread;
    private final List<Problem> problems = new ArrayList<>();

    /**
     * @param unread the paths that could not be read: what is missing there is no problem of its own
     */
    NoticeCheck(Notice notice, Places places, Set<String> unread) {
        this.notice = notice;
        this.places = places;
        this.unread = unread;
    }

    List<Problem> problems() {
        dataWithoutUse();
        notice.uses().values().forEach(this::use);
        notice.shares().values().forEach(this::share);
        return problems;
    }

    private void dataWithoutUse() {
        if (unread.stream().anyMatch(path -> path.endsWith(".data"))) {
            return;
        }
        Set<String> used = notice.uses().values().stream()
                .flatMap(use -> use.data().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        for (Category category : notice.collects().values()) {
            if (!used.contains(category.id())) {
                error(
                        "data-without-use",
                        category.path(),
                        "`" + category.id() + "` is collected for no use",
                        "add it to the `data` of a use, or stop collecting it");
            }
        }
    }

    private void use(Use use) {
        boolean beyond = use.law().isPresent() || use.path().startsWith("keeps.beyond.");
        if (!beyond
                && use.basis() == LegalBasis.LEGITIMATE_INTERESTS
                && use.interest().isEmpty()
                && reads(use.path() + ".basis")) {
            error(
                    "interest-missing",
                    use.path(),
                    "`" + use.path() + "` rests on legitimate interests but names none (Art. 13(1)(d))",
                    "add `interest:` with the interest pursued");
        }
        if (use.concernsPersons() && use.ends().isEmpty() && reads(use.path() + ".ends")) {
            error(
                    "ends-missing",
                    use.path(),
                    "`" + use.path() + "` uses persons' data and never ends",
                    "add `ends:`, as in `[{after: account.closed, for: 30 days}]`");
        }
        boolean objectable = use.basis() == LegalBasis.CONSENT || use.basis() == LegalBasis.LEGITIMATE_INTERESTS;
        if (use.directMarketing() && !objectable && reads(use.path() + ".basis")) {
            error(
                    "direct-marketing-basis",
                    use.path() + ".direct-marketing",
                    "`" + use.path() + "` is direct marketing on the basis `"
                            + use.basis().word() + "`",
                    "direct marketing rests on `consent` or `legitimate-interests`");
        }
        if (!beyond && reads(use.path() + ".ends")) {
            bound(use);
        }
    }

    private void bound(Use use) {
        Optional<Span> longest = notice.keeps().longest();
        longest.flatMap(span -> StaticBound.brokenForSure(use, span))
                .ifPresent(broken -> error(
                        "keeps-longest-exceeded",
                        use.path() + ".ends",
                        broken.message(),
                        "add an end that always comes within " + longest.get()
                                + ", or move the duty of law to `keeps.beyond`"));
    }

    private void share(Share share) {
        if (share.kind() == Share.Kind.PROCESSOR && share.contract().isEmpty() && reads(share.path() + ".contract")) {
            error(
                    "processor-without-contract",
                    share.path(),
                    "`" + share.path() + "` is a processor without a contract (Art. 28(3))",
                    "add `contract: {signed: …}`");
        }
        Optional<String> outside = share.country().filter(country -> !EEA.contains(country));
        if (outside.isPresent() && share.safeguard().isEmpty() && reads(share.path() + ".safeguard")) {
            error(
                    "transfer-without-safeguard",
                    share.path() + ".country",
                    "`" + share.path() + "` takes data to `" + outside.get()
                            + "`, outside the EEA, without a safeguard (Art. 44)",
                    "add `safeguard:`, as in `standard contractual clauses` or `adequacy decision`");
        }
        share.through().ifPresent(from -> onward(share, from));
        beyondItsUses(share);
    }

    private void onward(Share share, String from) {
        Share handing = notice.shares().get(from);
        if (handing != null
                && handing.contract().filter(Share.Contract::onwardNever).isPresent()) {
            error(
                    "onward-against-contract",
                    share.path() + ".through",
                    "`" + share.path() + "` receives data through `" + from
                            + "`, which by its contract hands it on to nobody",
                    "change the contract and take `onward: never` out, or give the data to `" + share.id()
                            + "` yourself under a contract of its own");
        }
    }

    /** Whoever receives data for a use receives that use's data (Art. 5(1)(b)). */
    private void beyondItsUses(Share share) {
        if (share.uses().isEmpty() || !reads(share.path() + ".uses")) {
            return;
        }
        Set<String> used = new LinkedHashSet<>();
        for (String id : share.uses()) {
            Optional.ofNullable(notice.uses().get(id)).ifPresent(use -> used.addAll(use.data()));
            if (!reads(notice.uses().containsKey(id) ? notice.uses().get(id).path() + ".data" : "")) {
                return;
            }
        }
        for (String category : share.data()) {
            if (!used.contains(category)) {
                error(
                        "share-beyond-uses",
                        share.path() + ".data",
                        "`" + share.path() + "` receives `" + category + "`, which none of its uses uses",
                        "take it out of `data`, or add the use it is for");
            }
        }
    }

    private boolean reads(String path) {
        return !unread.contains(path);
    }

    private void error(String code, String path, String message, String attempt) {
        problems.add(Problem.error(code, places.at(path.split("\\.", -1)), path, message, attempt));
    }
}
