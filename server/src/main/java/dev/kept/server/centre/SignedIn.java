package dev.kept.server.centre;

import dev.kept.core.notice.Notice;
import dev.kept.core.rights.request.AskCheck;
import dev.kept.core.rights.request.NotAllowed;
import dev.kept.server.configuration.Home;
import dev.kept.server.configuration.SiteKey;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.http.Cookie;
import dev.kept.server.http.Entries;
import dev.kept.server.http.Premises;
import dev.kept.server.http.Refused;
import dev.kept.server.http.Reply;
import dev.kept.server.http.Room;
import dev.kept.server.http.Throttle;
import dev.kept.server.http.Trouble;
import dev.kept.server.http.Visit;
import dev.kept.server.http.Visit.Method;
import dev.kept.server.request.Changed;
import dev.kept.server.request.Desk;
import dev.kept.server.request.Lookup;
import dev.kept.server.request.Requests;
import dev.kept.server.request.StoredRequest;
import dev.kept.server.request.Visits;
import dev.kept.server.run.LiveStore;
import dev.kept.server.run.PersonNames.Named;
import dev.kept.server.state.SqlState;
import dev.kept.server.state.StateChange;
import dev.kept.stores.postgres.session.StoreException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.JdbiException;

/**
 * Takes in whom the company's own site hands over ({@code POST /privacy/signed-in}). The post comes from another site, so that none of this site's
 * cookies come along: the token goes into a cookie of its own, and the browser is led back here, where it brings all of them. There the token is used
 * up. Who is not let in is told nothing, whatever it was.
 */
public final class SignedIn implements Room {

    static final String PATH = Centre.ROOT + "/signed-in";

    private static final String HANDOVER = "kept-handover";
    private static final Duration CARRIED = Duration.ofMinutes(2);
    private static final int MOST_BYTES = 8 * 1024;
    private static final Throttle.Rule RULE = new Throttle.Rule("signed-in", 60, Duration.ofHours(1));

    private final Premises premises;
    private final Optional<SiteTokens> tokens;

    /** @throws CannotRun where a key of {@code kept.yaml} is none */
    public SignedIn(Premises premises) {
        this.premises = premises;
        Home home = premises.home();
        List<SiteKey> keys = home.settings().requests().site();
        Optional<String> address = home.settings().serve().address();
        if (!keys.isEmpty() && address.isEmpty()) {
            throw new CannotRun(
                    "`requests: site:` in `kept.yaml` has keys, and tokens have to name an address that is not said",
                    "write the privacy centre's own address: serve: {address: https://privacy.company.example}");
        }
        this.tokens = keys.isEmpty()
                ? Optional.empty()
                : address.map(own -> new SiteTokens(keys, home.environment(), own + Centre.ROOT, home.clock()));
    }

    @Override
    public String name() {
        return "signed-in";
    }

    @Override
    public boolean takesFromElsewhere(Method method, String path) {
        return tokens.isPresent() && method == Method.POST && path.equals(PATH);
    }

    @Override
    public Optional<Reply> answer(Visit visit) {
        if (tokens.isEmpty() || !visit.path().equals(PATH)) {
            return Optional.empty();
        }
        if (!visit.query().names().isEmpty()) {
            throw new Refused(Trouble.MALFORMED); // a token in an address is in logs and histories
        }
        return switch (visit.method()) {
            case POST -> Optional.of(posted(visit));
            case GET -> Optional.of(led(visit));
            case PUT, PATCH, DELETE -> Optional.empty();
        };
    }

    private Reply posted(Visit visit) {
        if (premises.throttle().count(RULE, visit.client()) instanceof Throttle.Answer.TooOften(Duration after)) {
            return Reply.Problem.later(Trouble.TOO_MANY, after);
        }
        Entries form = visit.unboundForm(MOST_BYTES);
        List<String> sent = form.all("token");
        if (!ours(visit) || sent.size() != 1 || read(sent.getFirst()).isEmpty()) {
            throw new Refused(Trouble.FORBIDDEN);
        }
        return Reply.SeeOther.to(PATH).with(Cookie.lasting(HANDOVER, sent.getFirst(), Cookie.Crossing.LAX, CARRIED));
    }

    private Optional<HandedOver> read(String token) {
        return tokens.flatMap(reader -> reader.read(token));
    }

    /** Whether a page of the company sent it: else another could sign its visitors in as somebody else, and read what they then write. */
    private boolean ours(Visit visit) {
        String origin = visit.header("Origin").orElse("").toLowerCase(Locale.ROOT);
        return origin.startsWith("https://")
                && notice().covers().sites().stream()
                        .map(site -> "https://" + site.toLowerCase(Locale.ROOT).replaceFirst("/.*", ""))
                        .anyMatch(origin::equals);
    }

    private Notice notice() {
        return premises.notice().get().published().notice();
    }

    private Reply led(Visit visit) {
        Optional<String> token = visit.cookie(HANDOVER);
        if (token.isEmpty()) {
            return Reply.SeeOther.to(Centre.ROOT);
        }
        Reply reply;
        try {
            HandedOver handed = read(token.get()).orElseThrow(() -> new Refused(Trouble.FORBIDDEN));
            reply = handOver(visit, handed);
        } catch (Refused e) {
            reply = Reply.Problem.of(e.trouble());
        }
        return reply.with(Cookie.gone(HANDOVER, Cookie.Crossing.LAX));
    }

    private Reply handOver(Visit visit, HandedOver handed) {
        Requests requests = new Requests(premises.home().state(), notice());
        Desk desk = new Desk(premises.home().state(), requests);
        Optional<String> known = visit.cookie(Guest.COOKIE).filter(secret -> secret.matches(Guest.SECRET));
        Optional<StoredRequest> open = handed.ask().isPresent()
                ? Optional.empty()
                : known.flatMap(browser -> asked(desk, requests, browser, handed));
        if (handed.ask().isEmpty() && open.isEmpty()) {
            return Reply.SeeOther.to(Centre.ROOT);
        }
        if (handed.ask()
                .filter(ask -> !AskCheck.misfits(notice(), ask).isEmpty())
                .isPresent()) {
            throw new Refused(Trouble.FORBIDDEN);
        }
        Lookup.Known person = person(handed);
        String browser = known.orElseGet(Visits::secret);
        StateChange once = StateChange.of(
                "insert into kept.site_token (hash, ends_at) values (?, ?)",
                handed.id(),
                handed.ends().atOffset(ZoneOffset.UTC));
        StoredRequest stored = proven(desk, handed, open, person, browser, once);
        return Reply.SeeOther.to(Centre.ROOT + language(handed) + "/requests/" + stored.number())
                .with(Guest.cookie(desk.renewed(browser)));
    }

    /** What this browser asked and the token means: by its number, or the last that waits for a proof. */
    private static Optional<StoredRequest> asked(Desk desk, Requests requests, String browser, HandedOver handed) {
        return handed.number().isPresent()
                ? requests.byNumber(handed.number().get())
                        .filter(named -> desk.visits().of(browser, named.id()).isPresent())
                : desk.visits().of(browser).stream()
                        .flatMap(visit -> requests.find(visit.request()).stream())
                        .filter(stored -> stored.request().open()
                                && stored.request().identity().isEmpty())
                        .findFirst();
    }

    /** Looked up before anything is proven. Who is known to no store is one who is known to none: she is answered like anybody. */
    private Lookup.Known person(HandedOver handed) {
        try {
            Home now = premises.home().again();
            List<LiveStore> stores = now.stores(Optional.empty()).stream()
                    .map(store -> LiveStore.open(now, store))
                    .toList();
            return Lookup.bySite(stores, new Named(1, handed.by()));
        } catch (CannotRun | StoreException e) {
            throw new Refused(Trouble.UNAVAILABLE);
        }
    }

    private StoredRequest proven(
            Desk desk,
            HandedOver handed,
            Optional<StoredRequest> open,
            Lookup.Known person,
            String browser,
            StateChange once) {
        try {
            return open.isPresent()
                    ? desk.signedIn(open.get(), person, browser, once)
                    : desk.signedIn(handed.ask().orElseThrow(), answeredIn(handed), person, browser, once);
        } catch (NotAllowed | Changed e) {
            throw new Refused(Trouble.FORBIDDEN);
        } catch (JdbiException e) {
            if (SqlState.taken(e)) {
                throw new Refused(Trouble.FORBIDDEN);
            }
            throw e;
        }
    }

    /** The language that the site says, or the notice's own. */
    private String answeredIn(HandedOver handed) {
        return handed.language()
                .filter(language -> premises.notice().get().in(language).isPresent())
                .orElseGet(() -> premises.notice().get().texts().getFirst().language());
    }

    private String language(HandedOver handed) {
        return handed.language()
                .filter(language -> premises.notice().get().in(language).isPresent())
                .map(language -> "/" + language)
                .orElse("");
    }
}
