package dev.kept.server.contact;

import dev.kept.core.letter.MailAddress;
import dev.kept.core.notice.Notice;
import dev.kept.core.proof.Check;
import dev.kept.core.proof.Finding;
import dev.kept.core.proof.Unclear;
import dev.kept.core.proof.Verdict;
import dev.kept.core.proof.rights.ContactChecks;
import dev.kept.core.proof.rights.ContactTries;
import dev.kept.core.proof.rights.ContactTries.Hindrance;
import dev.kept.core.proof.rights.ContactTries.Letter;
import dev.kept.core.source.Sha256;
import dev.kept.server.configuration.Home;
import dev.kept.server.contact.ContactCheck.Standing;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.run.Operator;
import dev.kept.server.state.PrivateLog;
import dev.kept.server.state.State;
import dev.kept.server.state.StateChange;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** What is known of the addresses of the notice, and how more becomes known. What was found of one address says nothing of another. */
public final class Contacts {

    /** The newest letters are looked at. */
    private static final int MOST_LETTERS = 20;

    private static final int LONGEST_TOKEN = 100;

    private final Home home;
    private final State state;
    private final Notice notice;

    public Contacts(Home home) {
        this.home = home;
        this.state = home.state();
        this.notice = home.checked().notice().orElseThrow();
    }

    Notice notice() {
        return notice;
    }

    /** The verdicts on the addresses, as of a moment. */
    public List<Check> verdicts(Instant asOf) {
        return ContactChecks.of(notice, tries(), day(asOf));
    }

    /**
     * What is known of an address, in words.
     *
     * @param attempt what to do; empty where nothing is
     */
    public record Known(String rule, Verdict.Kind verdict, String says, String attempt) {}

    public List<Known> known(Instant asOf) {
        return verdicts(asOf).stream()
                .map(check -> switch (check.verdict()) {
                    case Verdict.Broken broken -> {
                        Finding first = broken.findings().getFirst();
                        yield known(check, first.message(), first.attempt());
                    }
                    case Verdict.NotShown open -> {
                        Unclear first = open.why().getFirst();
                        yield known(check, first.message(), first.remedy());
                    }
                    case Verdict.Kept kept ->
                        known(check, kept.seen().getFirst().message(), "");
                    case Verdict.NotExceeded within ->
                        known(check, within.seen().getFirst().message(), "");
                })
                .toList();
    }

    private static Known known(Check check, String says, String attempt) {
        return new Known(check.path(), check.verdict().kind(), says, attempt);
    }

    private ContactTries tries() {
        List<Letter> letters = checks(ContactChecks.EMAIL, notice.contact().email()).stream()
                .flatMap(check -> check.standing().outcome().stream()
                        .map(outcome -> new Letter(outcome, day(check.doneAt().orElse(check.madeAt())))))
                .toList();
        Optional<LocalDate> arrived = checks(
                        ContactChecks.POST, notice.contact().post())
                .stream()
                .filter(check -> check.standing() == Standing.ARRIVED)
                .flatMap(check -> check.day().stream())
                .max(LocalDate::compareTo);
        return new ContactTries(letters, hindrance(), arrived);
    }

    /** Why no letter can be sent; empty where one can. */
    public Optional<Hindrance> hindrance() {
        if (home.settings().mail().isEmpty()) {
            return Optional.of(
                    new Hindrance("`kept.yaml` names no mail server", "write mail: {smtp: …, from: …} there"));
        }
        if (home.settings().serve().address().isEmpty()) {
            return Optional.of(new Hindrance(
                    "Kept does not know its own address, so no link would lead back",
                    "write serve: {address: https://…} in `kept.yaml`"));
        }
        return to().isPresent()
                ? Optional.empty()
                : Optional.of(new Hindrance(
                        "it is no address that Kept can write to", "name an address in ASCII under `contact: email:`"));
    }

    Optional<MailAddress> to() {
        return MailAddress.parse(notice.contact().email());
    }

    /** Newest first. */
    public List<ContactCheck> checks(String rule, String address) {
        return state.database()
                .withHandle(handle -> handle.createQuery(ContactCheck.ALL
                                + " where rule = :rule and address = :address order by made_at desc, id limit :most")
                        .bind("rule", rule)
                        .bind("address", hash(address))
                        .bind("most", MOST_LETTERS)
                        .map((row, context) -> ContactCheck.read(row))
                        .list());
    }

    // ------------------------------------------------------------------------------------------------ by mail

    /** The letter of a link that is or was good. Looking changes nothing: programs follow links in mails before people do. */
    public Optional<ContactCheck> find(String token) {
        return token.length() > LONGEST_TOKEN
                ? Optional.empty()
                : state.database()
                        .withHandle(handle -> handle.createQuery(ContactCheck.ALL + " where token = :token")
                                .bind("token", Sha256.bytes(token))
                                .map((row, context) -> ContactCheck.read(row))
                                .findOne());
    }

    /** Whether a letter can still be answered. */
    public boolean open(ContactCheck check) {
        return check.standing() == Standing.WAITING
                && check.endsAt().isAfter(state.clock().instant());
    }

    /**
     * Somebody who reads what comes there says so.
     *
     * @return whether the link was good, for the first time
     */
    public boolean answer(String token) {
        if (token.length() > LONGEST_TOKEN) {
            return false;
        }
        Instant now = state.clock().instant();
        return state.database().inTransaction(handle -> {
            // one statement: a row that was locked before would deadlock with whoever has the table, and goes for the
            // row
            Optional<StateChange> answered = handle.createQuery(
                            "update kept.contact_check set state = 'answered', done_at = :now"
                                    + " where token = :token and state = 'waiting' and ends_at > :now returning id, rule")
                    .bind("now", at(now))
                    .bind("token", Sha256.bytes(token))
                    .map((row, context) ->
                            entry(row.getObject("id", UUID.class), row.getString("rule"), Standing.ANSWERED))
                    .findOne();
            answered.ifPresent(entry -> entry.within(handle));
            return answered.isPresent();
        });
    }

    StateChange entry(UUID check, String rule, Standing event) {
        return state.journal().entry(check, "contact", Map.of("event", event.word(), "rule", rule));
    }

    // ------------------------------------------------------------------------------------------------ by post

    /**
     * Somebody of the company says that a letter by post arrived at the address of the notice. The same day twice counts once.
     *
     * @param role who says so, for the ledger
     * @param who says so, and how it is known: for the private log alone
     * @return whether it was not known before
     * @throws CannotRun where the notice has no such address, or nothing can have arrived on that day
     */
    public boolean arrived(LocalDate on, String role, Operator who) {
        LocalDate today = day(state.clock().instant());
        if (notice.contact().post().isEmpty()) {
            throw new CannotRun("the notice names no postal address", "write contact: {post: …} in `notice.yaml`");
        }
        if (on.isAfter(today) || on.isBefore(today.minusDays(ContactTries.POST_DAYS))) {
            throw new CannotRun(
                    "a letter that arrived on " + on + " shows nothing today",
                    "name a day of the last " + ContactTries.POST_DAYS + " days");
        }
        PrivateLog.Act act = who.act(state.privateLog());
        UUID id = UUID.randomUUID();
        OffsetDateTime now = at(state.clock().instant());
        return state.database().inTransaction(handle -> {
            int added = handle.execute(
                    "insert into kept.contact_check (id, rule, address, state, made_at, ends_at, done_at, on_day)"
                            + " values (?, ?, ?, 'arrived', ?, ?, ?, ?) on conflict do nothing",
                    id,
                    ContactChecks.POST,
                    hash(notice.contact().post()),
                    now,
                    now,
                    now,
                    on);
            if (added > 0) {
                act.write().within(handle);
                Map<String, Object> entry = new TreeMap<>();
                entry.put("event", Standing.ARRIVED.word());
                entry.put("rule", ContactChecks.POST);
                entry.put("on", on.toString());
                entry.put("actor", Map.of("role", role, "commitment", act.commitment()));
                state.journal().entry(id, "contact", entry).within(handle);
            }
            return added > 0;
        });
    }

    // ------------------------------------------------------------------------------------------------- details

    LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, notice.controller().zone());
    }

    static byte[] hash(String address) {
        return Sha256.bytes(address.strip());
    }

    static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
