package dev.kept.server.centre;

import dev.kept.core.notice.prose.Prose;
import dev.kept.core.wording.Wordings;
import dev.kept.server.http.Asset;
import dev.kept.server.http.Languages;
import dev.kept.server.http.Premises;
import dev.kept.server.http.Reply;
import dev.kept.server.http.Room;
import dev.kept.server.http.Throttle;
import dev.kept.server.http.Trouble;
import dev.kept.server.http.Visit;
import dev.kept.server.http.Visit.Method;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The privacy centre under {@code /privacy}: in each language of the notice that there are words in, under {@code /privacy/LANGUAGE}. Addresses hold no
 * personal data: kinds, numbers of requests, and links that work once.
 */
public final class Centre implements Room {

    static final String ROOT = "/privacy";

    private static final Pattern ADDRESS = Pattern.compile(ROOT + "(?:/([a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*))?(/.*)?");

    /** How often one machine, or one household, may ask. */
    private static final Throttle.Rule ASKING = new Throttle.Rule("centre-ask", 20, Duration.ofHours(1));

    /**
     * How often one address may be asked for from one network. By whomever it is asked for, only so many letters go to it ({@link
     * dev.kept.server.request.Proofs#MOST_LETTERS}), and asking goes on being possible: nobody can use up another's address.
     */
    private static final Throttle.Rule ASKED_FOR = new Throttle.Rule("centre-address", 10, Duration.ofDays(1));

    private static final Throttle.Rule TRYING = new Throttle.Rule("centre-try", 60, Duration.ofHours(1));

    private final Premises premises;

    public Centre(Premises premises) {
        this.premises = premises;
    }

    @Override
    public String name() {
        return "centre";
    }

    @Override
    public List<Asset> assets() {
        return List.of(CentrePage.STYLE);
    }

    @Override
    public Optional<Reply> answer(Visit visit) {
        Matcher address = ADDRESS.matcher(visit.path());
        if (!address.matches()) {
            return Optional.empty();
        }
        List<String> languages = languages();
        String asked = address.group(1);
        String rest = Optional.ofNullable(address.group(2)).orElse("");
        if (asked == null || !languages.contains(asked)) {
            // without a language in front, what looks like one is the begin of a path
            String whole = visit.path().substring(ROOT.length());
            Optional<Reply> led = lead(visit, languages, whole);
            // a link of a letter outlives the language it was written in
            return led.isPresent() || !rest.matches("/(open|requests)/.*") ? led : lead(visit, languages, rest);
        }
        Guest guest = new Guest(visit, asked, premises);
        return answer(guest, new CentrePage(guest, languages, rest), rest);
    }

    /** A path without a language leads to the reader's. */
    private static Optional<Reply> lead(Visit visit, List<String> languages, String rest) {
        boolean known = rest.isEmpty()
                || rest.equals("/")
                || rest.matches("/(ask|choices|requests)(/[A-Za-z0-9-]{1,40})?")
                || rest.matches("/open/[A-Za-z0-9_-]{1,100}");
        return known && visit.method() == Method.GET
                ? Optional.of(Reply.SeeOther.to(
                        ROOT + "/" + Languages.choose(visit.languages(), languages) + (rest.equals("/") ? "" : rest)))
                : Optional.empty();
    }

    /** Those of the notice that there are words in, in its order; English where there is none of them. */
    private List<String> languages() {
        List<String> known = premises.notice().get().texts().stream()
                .map(Prose::language)
                .filter(language -> premises.look().words().speaks(language))
                .toList();
        return known.isEmpty() ? List.of(Wordings.BUILT_IN.getFirst()) : known;
    }

    private Optional<Reply> answer(Guest guest, CentrePage page, String rest) {
        String[] parts = rest.isEmpty() ? new String[] {""} : rest.substring(1).split("/", -1);
        boolean reads = guest.visit().method() == Method.GET;
        boolean acts = guest.visit().method() == Method.POST;
        if (!reads && !acts) {
            return Optional.empty();
        }
        return switch (parts[0]) {
            case "" ->
                parts.length == 1 && reads
                        ? Optional.of(rest.isEmpty() ? StartPage.of(guest, page) : Reply.SeeOther.to(guest.path("")))
                        : Optional.empty();
            case "choices" -> parts.length == 1 && reads ? Optional.of(ChoicesPage.of(guest, page)) : Optional.empty();
            case "ask" -> new AskPages(guest, page, this::admitted).answer(parts);
            case "open" -> new OpenPages(guest, page, this::admitted).answer(parts);
            case "requests" -> new RequestPages(guest, page, this::admitted).answer(parts);
            default -> Optional.empty();
        };
    }

    /** Whether something may be done now. */
    interface Door {
        /** The refusal, where it may not. */
        Optional<Reply> refused(Visit visit, What what, String subject);
    }

    /** What is counted. */
    enum What {
        /** Asking, by who asks and by the address that was typed. */
        ASK,
        /** Trying a link or a code, by who tries. */
        TRY
    }

    private Optional<Reply> admitted(Visit visit, What what, String subject) {
        Throttle.Rule own = what == What.ASK ? ASKING : TRYING;
        Optional<Reply> refused = refused(premises.throttle().count(own, visit.client()));
        return refused.isPresent() || subject.isEmpty()
                ? refused
                : refused(premises.throttle().count(ASKED_FOR, visit.client().site() + " " + subject));
    }

    private static Optional<Reply> refused(Throttle.Answer answer) {
        return switch (answer) {
            case Throttle.Answer.Admitted admitted -> Optional.empty();
            case Throttle.Answer.TooOften(Duration after) -> Optional.of(Reply.Problem.later(Trouble.TOO_MANY, after));
        };
    }
}
