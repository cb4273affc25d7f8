package dev.kept.server.configuration;

import dev.kept.core.check.Checked;
import dev.kept.core.check.FolderCheck;
import dev.kept.core.datamap.BoundStore;
import dev.kept.core.ledger.KeyName;
import dev.kept.core.letter.Letters;
import dev.kept.core.notice.prose.Prose;
import dev.kept.core.notice.version.Published;
import dev.kept.core.source.Places;
import dev.kept.core.source.Problem;
import dev.kept.core.source.Spelling;
import dev.kept.core.wording.Wordings;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.ledger.Ledger;
import dev.kept.server.state.State;
import dev.kept.stores.embedded.EmbeddedOptions;
import dev.kept.stores.embedded.EmbeddedPostgres;
import dev.kept.stores.embedded.EmbeddedPostgresException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/** A notice that checks, with Kept's own state and the stores it speaks of: what every command that acts works on. */
public final class Home implements AutoCloseable {

    private static final String STATE_DATABASE = "kept";
    private static final String HERE = "http://localhost:8080";
    private static final Pattern EMBEDDED = Pattern.compile("embedded:([a-z][a-z0-9_]{0,62})");

    private final PrivacyFolder files;
    private final Checked checked;
    private final Settings settings;
    private final Environment environment;
    private final InstantSource clock;
    private @Nullable EmbeddedPostgres embedded;
    private @Nullable State state;
    private boolean borrows;
    private boolean keepsEmbedded;

    private Home(
            PrivacyFolder files, Checked checked, Settings settings, Environment environment, InstantSource clock) {
        this.files = files;
        this.checked = checked;
        this.settings = settings;
        this.environment = environment;
        this.clock = clock;
    }

    /**
     * Opens a folder for work.
     *
     * @throws CannotRun where the notice does not check: what is not right is not obeyed
     */
    public static Home open(Path folder, Environment environment, InstantSource clock) {
        PrivacyFolder files = PrivacyFolder.read(folder);
        Checked checked = FolderCheck.check(files.files(), files.unread());
        if (checked.failed()) {
            throw new CannotRun(
                    "the notice in `" + folder + "` has " + checked.count(Problem.Severity.ERROR)
                            + " errors and is not obeyed until they are mended",
                    "kept check " + folder);
        }
        Settings settings = Settings.of(files);
        known(settings.recipients(), checked);
        return new Home(files, checked, settings, environment, clock);
    }

    /** A folder whose databases are to be looked at, also where the notice does not check: nothing is done there. */
    public static Home looking(Path folder, Environment environment, InstantSource clock) {
        PrivacyFolder files = PrivacyFolder.read(folder);
        return new Home(
                files, FolderCheck.check(files.files(), files.unread()), Settings.of(files), environment, clock);
    }

    /** Whoever is named as a recipient is one by the notice. */
    private static void known(RecipientSettings recipients, Checked checked) {
        Set<String> shares =
                checked.notice().map(notice -> notice.shares().keySet()).orElse(Set.of());
        recipients.ways().keySet().stream()
                .filter(name -> !shares.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new CannotRun(
                            "`recipients` in `kept.yaml` names `" + name + "`, which is none of the notice's `shares`",
                            Spelling.suggest(name, shares));
                });
    }

    /**
     * The same to act on stores: where versions were published, only what was published is obeyed.
     *
     * @throws CannotRun also where the rules are not the newest version's: nobody was told of them
     */
    public static Home obeyed(Path folder, Environment environment, InstantSource clock) {
        Home home = open(folder, environment, clock);
        home.checked.editions().draft().ifPresent(draft -> {
            throw new CannotRun(
                    "the rules in `" + folder + "/notice.yaml` are not those of version "
                            + home.checked.editions().versions().size()
                            + ", the newest published: what people were not told is not obeyed",
                    "kept publish " + folder + ", or take the change back");
        });
        return home;
    }

    /**
     * The folder as it is now, with the databases that are open already; those stay this one's to close.
     *
     * @throws CannotRun as {@link #obeyed}
     */
    public Home again() {
        Home now = obeyed(files.path(), environment, clock);
        now.state = state();
        now.embedded = embedded;
        now.borrows = true;
        return now;
    }

    /** Works with an embedded PostgreSQL that is open already, and leaves it open. */
    public Home on(EmbeddedPostgres open) {
        embedded = open;
        keepsEmbedded = true;
        return this;
    }

    public Checked checked() {
        return checked;
    }

    /** The notice's texts, in every language there is: as they were published last, where they were. */
    public List<Prose> prose() {
        List<Published> versions = checked.editions().versions();
        return versions.isEmpty()
                ? checked.notice().map(files::prose).orElse(List.of())
                : files.prose(versions.getLast().version(), versions.getLast().notice());
    }

    public Settings settings() {
        return settings;
    }

    /**
     * Where staff sign in, with the client's secret from the environment; empty where only one-time links do.
     *
     * @throws CannotRun where the environment does not have the secret
     */
    public Optional<SignInSettings> signIn() {
        return settings.signIn().map(signIn -> signIn.resolved(environment));
    }

    public InstantSource clock() {
        return clock;
    }

    /** Where people find us, as far as the settings say it; else this machine. */
    public URI address() {
        return URI.create(settings.serve().address().orElse(HERE));
    }

    /** What {@code ${NAME}} in settings stands for. */
    public Environment environment() {
        return environment;
    }

    /** What pages say: as Kept brings it along, or as the folder says. */
    public Wordings wordings() {
        return files.wordings();
    }

    /** How letters are written: as Kept brings them along, or as the folder says. */
    public Letters letters() {
        return Letters.of(files.files());
    }

    /** The only store, or the one named. */
    public BoundStore store(Optional<String> name) {
        if (name.isEmpty() && checked.stores().size() == 1) {
            return checked.stores().values().iterator().next();
        }
        return name.flatMap(wanted -> Optional.ofNullable(checked.stores().get(wanted)))
                .orElseThrow(() -> new CannotRun(
                        name.map(wanted -> "there is no store `" + wanted + "`")
                                .orElse("which store is meant is not clear"),
                        "name one of " + checked.stores().keySet() + " with --store"));
    }

    /** Every store of the notice, or the one named. */
    public List<BoundStore> stores(Optional<String> name) {
        return name.isPresent()
                ? List.of(store(name))
                : List.copyOf(checked.stores().values());
    }

    public Places places(BoundStore store) {
        return checked.places()
                .getOrDefault(
                        store.store().name(),
                        Places.none("stores/" + store.store().name() + ".yaml"));
    }

    /** Connections of a store, none of them pooled. */
    public DataSource source(BoundStore store) {
        return source(store.store().database());
    }

    /** Connections of a database as a map names it, none of them pooled. */
    public DataSource source(String database) {
        return embeddedName(database)
                .map(name -> embedded().dataSource(name))
                .orElseGet(() -> source(DatabaseAddress.of(database, environment)));
    }

    /** {@code embedded:NAME} is a database of the embedded PostgreSQL. */
    private static Optional<String> embeddedName(String database) {
        Matcher name = EMBEDDED.matcher(database);
        return name.matches() ? Optional.of(name.group(1)) : Optional.empty();
    }

    public static DataSource source(DatabaseAddress address) {
        return address.source();
    }

    /** Kept's own state; opened on first use. */
    public State state() {
        State open = state;
        if (open == null) {
            open = openState();
            state = open;
            open.publications().enter(checked.editions().versions());
        }
        return open;
    }

    /** The ledger in it: under the name it was begun with, else under that of `kept.yaml`, else under the notice's. */
    public Ledger ledger() {
        State open = state();
        return new Ledger(open, settings.ledger().or(() -> Ledger.begunAs(open)).orElseGet(this::ledgerName));
    }

    /** Where the notice's site would serve it. */
    private String ledgerName() {
        return checked.notice()
                .map(notice -> notice.covers().sites().stream()
                                .filter(KeyName::fits)
                                .findFirst()
                                .orElse(notice.name())
                        + "/ledger")
                .orElse("ledger");
    }

    /** Connections of Kept's own database, none of them pooled: for what works on it as on a store. */
    public DataSource stateSource() {
        Optional<String> embeddedState = settings.state().flatMap(Home::embeddedName);
        return settings.state().isPresent() && embeddedState.isEmpty()
                ? source(DatabaseAddress.of(settings.state().get(), environment))
                : embedded().dataSource(embeddedState.orElse(STATE_DATABASE));
    }

    /** Whether connections to a database as a map names it check that the server is the one meant. */
    public boolean verified(String database) {
        return embeddedName(database).isEmpty()
                && DatabaseAddress.of(database, environment).verifies();
    }

    /** The same for Kept's own. */
    public boolean stateVerified() {
        return settings.state().map(this::verified).orElse(false);
    }

    /** Whether Kept's own database is an embedded one that was never started. */
    public boolean ownStarts() {
        return settings.state().flatMap(Home::embeddedName).isPresent()
                        == settings.state().isPresent()
                && !java.nio.file.Files.isDirectory(settings.directory());
    }

    private State openState() {
        Optional<String> embeddedState = settings.state().flatMap(Home::embeddedName);
        if (settings.state().isPresent() && embeddedState.isEmpty()) {
            DatabaseAddress address = DatabaseAddress.of(settings.state().get(), environment);
            return State.open(
                    address.url(), address.user().orElse(""), address.password().orElse(""), clock);
        }
        EmbeddedPostgres postgres = embedded();
        String name = embeddedState.orElse(STATE_DATABASE);
        postgres.createDatabase(name);
        return State.open(
                postgres.jdbcUrl(name),
                postgres.user(),
                new String(postgres.password().reveal()),
                clock);
    }

    /** The embedded PostgreSQL of the settings' directory; started on first use. */
    public EmbeddedPostgres embedded() {
        EmbeddedPostgres open = embedded;
        if (open == null) {
            try {
                open = EmbeddedPostgres.open(settings.directory(), EmbeddedOptions.defaults());
            } catch (EmbeddedPostgresException e) {
                throw new CannotRun(
                        e.getMessage() == null ? "the embedded database does not start" : e.getMessage(),
                        e.tryLine(),
                        e);
            }
            embedded = open;
        }
        return open;
    }

    @Override
    public void close() {
        if (borrows) {
            return;
        }
        try {
            if (state != null && state.journalled()) {
                seal();
            }
        } finally {
            if (state != null) {
                state.close();
            }
            if (embedded != null && !keepsEmbedded) {
                embedded.close();
            }
        }
    }

    /** What was journalled here goes under a signed checkpoint at once; where the database does not let it, with the next command that journals. */
    private void seal() {
        try {
            ledger().publish();
        } catch (JdbiException later) {
            // the entries are committed, and whoever publishes next takes them in
        }
    }
}
