package dev.kept.server.mail;

import dev.kept.core.letter.LetterKind;
import dev.kept.core.letter.LetterText;
import dev.kept.core.letter.Letters;
import dev.kept.core.letter.MailAddress;
import dev.kept.core.letter.Value;
import dev.kept.core.notice.Notice;
import dev.kept.core.source.Sha256;
import dev.kept.server.state.SealKey;
import dev.kept.server.state.State;
import dev.kept.server.state.StateChange;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** The mails of Kept: written together with what they speak of, kept sealed until they are sent, noted afterwards. */
public final class Mails {

    /** A mail that nobody took for so long is given up, and with it what it says. */
    public static final Duration LONGEST_WAIT = Duration.ofDays(30);

    private static final String NOTED =
            "select id, kind, request, state, reason, tries, made_at, done_at, commitment from kept.mail";

    /** More mails of one request than these nobody looks at. */
    private static final int MOST_OF_A_REQUEST = 200;

    private final Jdbi jdbi;
    private final InstantSource clock;
    private final Letters letters;
    private final Map<String, Value> company;
    private final URI own;

    /**
     * @param notice says who writes
     * @param own our own address: links in mails lead there
     */
    public Mails(State state, Letters letters, Notice notice, URI own) {
        this.jdbi = state.database();
        this.clock = state.clock();
        this.letters = letters;
        this.company = Map.of(
                "company", new Value.Words(notice.controller().name()),
                "contact", new Value.Words(notice.contact().email()));
        this.own = own;
    }

    /**
     * A mail to be sent once what it is written with is committed.
     *
     * @throws IllegalArgumentException where a value is missing or of another shape, or a link leads elsewhere
     */
    public StateChange send(Mail mail) {
        Map<String, Value> values = new HashMap<>(mail.values());
        values.putAll(company);
        LetterText letter = letters.write(mail.kind(), mail.language(), values, own);
        Content content = Content.of(mail.to(), letter);
        SealKey key = SealKey.fresh();
        Instant now = clock.instant();
        Instant end = mail.until().filter(now.plus(LONGEST_WAIT)::isAfter).orElse(now.plus(LONGEST_WAIT));
        return StateChange.of(
                "with mail as (insert into kept.mail (id, kind, request, state, made_at, due_at, ends_at, sealed, tag,"
                        + " commitment) values (?, ?, ?, 'waiting', ?, ?, ?, ?, ?, ?) returning id)"
                        + " insert into kept.mail_key (mail, key) select id, ? from mail",
                mail.id(),
                mail.kind().word(),
                mail.request().orElse(null),
                at(now),
                at(now),
                at(end),
                key.seal(sealedAs(mail.id()), content.bytes()),
                Sha256.bytes(content.tag()),
                content.commitment(),
                key.bytes());
    }

    /**
     * A mail about a request to an address as a store has it, in the shape in which requests ask for letters. One that is no address is noted as
     * undeliverable at once; what the letter says expires with it ({@code until}).
     *
     * @throws IllegalArgumentException as {@link #send}
     */
    public StateChange letter(
            UUID request, String address, LetterKind kind, String language, Map<String, Value> values) {
        Optional<MailAddress> to = MailAddress.parse(address.strip());
        if (to.isEmpty()) {
            return undeliverable(request, kind);
        }
        Mail mail = Mail.of(kind, language, to.get(), values).about(request);
        return send(
                values.get("until") instanceof Value.Moment(ZonedDateTime end) ? mail.notAfter(end.toInstant()) : mail);
    }

    private StateChange undeliverable(UUID request, LetterKind kind) {
        OffsetDateTime now = at(clock.instant());
        UUID id = UUID.randomUUID();
        return StateChange.of(
                "insert into kept.mail (id, kind, request, state, reason, made_at, due_at, ends_at, done_at, tag, commitment)"
                        + " values (?, ?, ?, 'undeliverable', 'no-address', ?, ?, ?, ?, ?, '')",
                id,
                kind.word(),
                request,
                now,
                now,
                now,
                now,
                Sha256.bytes(id.toString()));
    }

    static String sealedAs(UUID mail) {
        return "mail " + mail;
    }

    static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    /** What became of the mails of a request, oldest first. */
    public List<NotedMail> of(UUID request) {
        return jdbi.withHandle(
                handle -> handle.createQuery(NOTED + " where request = :request order by made_at, id limit :most")
                        .bind("request", request)
                        .bind("most", MOST_OF_A_REQUEST)
                        .map((row, context) -> noted(row))
                        .list());
    }

    public Optional<NotedMail> find(UUID mail) {
        return jdbi.withHandle(handle -> handle.createQuery(NOTED + " where id = :id")
                .bind("id", mail)
                .map((row, context) -> noted(row))
                .findOne());
    }

    /** How many mails there are of each state. */
    public Map<MailState, Long> counts() {
        Map<MailState, Long> counts = new EnumMap<>(MailState.class);
        for (MailState state : MailState.values()) {
            counts.put(state, 0L);
        }
        jdbi.useHandle(handle -> handle.createQuery("select state, count(*) as mails from kept.mail group by state")
                .map((row, context) -> counts.put(MailState.of(row.getString("state")), row.getLong("mails")))
                .list());
        return counts;
    }

    private static NotedMail noted(ResultSet row) throws SQLException {
        return new NotedMail(
                row.getObject("id", UUID.class),
                row.getString("kind"),
                Optional.ofNullable(row.getObject("request", UUID.class)),
                MailState.of(row.getString("state")),
                Optional.ofNullable(row.getString("reason")),
                row.getInt("tries"),
                row.getObject("made_at", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(row.getObject("done_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant),
                row.getString("commitment"));
    }
}
