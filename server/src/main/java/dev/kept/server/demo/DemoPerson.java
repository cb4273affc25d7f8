package dev.kept.server.demo;

import dev.kept.core.notice.prose.Prose;
import dev.kept.core.rights.Correction;
import dev.kept.core.rights.CorrectionReader;
import dev.kept.core.source.SourceText;
import dev.kept.server.demo.Demo.Voice;
import dev.kept.server.run.AccessService;
import dev.kept.server.run.AccessService.Handed;
import dev.kept.server.run.Corrected;
import dev.kept.server.run.CorrectionService;
import dev.kept.server.run.LiveStore;
import dev.kept.server.run.Operator;
import dev.kept.server.run.Outcome;
import dev.kept.server.run.PersonNames.Named;
import dev.kept.server.run.PersonStores;
import dev.kept.server.run.PersonStores.Hit;
import dev.kept.server.run.RunService;
import dev.kept.server.state.State;
import dev.kept.stores.postgres.run.RunOptions;
import dev.kept.stores.postgres.session.FaultPoints;
import dev.kept.stores.postgres.session.SessionOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one customer asks in the demo: to see, to correct, to be forgotten. */
final class DemoPerson {

    private final LiveStore store;
    private final State state;
    private final Voice voice;
    private final String email;
    private final Operator anna = new Operator("Anna", "signed in with the account's address");

    private DemoPerson(LiveStore store, State state, Voice voice, String email) {
        this.store = store;
        this.state = state;
        this.voice = voice;
        this.email = email;
    }

    /** Somebody who ordered lately, was delivered, and wrote messages; nobody in a very small shop. */
    static Optional<DemoPerson> of(LiveStore store, State state, Voice voice) throws SQLException {
        try (Connection connection = store.source().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        SELECT c.email FROM shop.customers c
                        WHERE c.deleted_at IS NULL
                          AND EXISTS (SELECT FROM shop.orders o WHERE o.customer_id = c.id AND o.state = 'delivered'
                                      AND o.placed_at > now() - interval '1 year')
                          AND EXISTS (SELECT FROM shop.messages m WHERE m.sender_id = c.id)
                        ORDER BY c.id DESC LIMIT 1""")) {
            return row.next() ? Optional.of(new DemoPerson(store, state, voice, row.getString(1))) : Optional.empty();
        }
    }

    Optional<Handed> access(List<Prose> prose, Path directory) throws IOException {
        voice.step(
                "She asks what is held about her",
                "Everything that is hers, each item with why, on which basis, for whom and until when; nothing of anybody else.");
        Path file = directory.resolve("demo-access.zip");
        Files.deleteIfExists(file);
        Optional<Handed> handed = new AccessService(state, InstantSource.system())
                .hand(List.of(store), prose, new Named(1, Map.of("email", email)), anna, file);
        handed.ifPresent(written -> voice.say(written.rows() + " rows of " + written.tables()
                + " tables, as a page to read, JSON and CSV: " + written.file()));
        return handed;
    }

    Corrected correct() {
        voice.step(
                "She has another name now",
                "One value in her own row; what else still holds the old one is listed, and who has to be told.");
        Correction correction = CorrectionReader.read(new SourceText(
                        "the demo's request",
                        "person: {email: '" + email.replace("'", "''")
                                + "'}\nset: {shop.customers: {full_name: Mara Lindqvist}}\n"))
                .value()
                .orElseThrow();
        Corrected corrected = new CorrectionService(state, InstantSource.system(), FaultPoints.NONE)
                .correct(store, correction, anna, false);
        voice.correction(store, corrected);
        return corrected;
    }

    Optional<Outcome> erase(RunService runs) {
        voice.step(
                "She asks to be forgotten",
                "Her account goes, other people's rows stay untouched, and the law keeps the invoices: each with its ground and its end.");
        try (PersonStores places =
                PersonStores.open(List.of(store), open -> runs.open(open, SessionOptions.forPersons("kept demo")))) {
            Optional<Hit> hit =
                    places.find(new Named(1, Map.of("email", email))).stream().findFirst();
            return hit.map(found -> {
                Outcome outcome = runs.erase(
                        store,
                        found.place().session(),
                        found.found().keys(),
                        anna,
                        RunOptions.defaults(),
                        voice.watch());
                voice.erasure(store, found.found(), outcome, found.place().findable(found.found()));
                return outcome;
            });
        }
    }
}
