package dev.kept.server.demo;

import dev.kept.core.check.Checked;
import dev.kept.core.check.FolderCheck;
import dev.kept.core.datamap.BoundStore;
import dev.kept.core.lifecycle.Plan;
import dev.kept.core.notice.prose.Prose;
import dev.kept.core.proof.Report;
import dev.kept.core.source.Places;
import dev.kept.core.source.Problem;
import dev.kept.server.configuration.DatabaseAddress;
import dev.kept.server.configuration.Home;
import dev.kept.server.configuration.PrivacyFolder;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.run.AccessService.Handed;
import dev.kept.server.run.Approvals;
import dev.kept.server.run.Corrected;
import dev.kept.server.run.Found;
import dev.kept.server.run.LiveStore;
import dev.kept.server.run.Operator;
import dev.kept.server.run.Outcome;
import dev.kept.server.run.Planning;
import dev.kept.server.run.RunService;
import dev.kept.server.state.RunState;
import dev.kept.server.state.State;
import dev.kept.stores.embedded.EmbeddedOptions;
import dev.kept.stores.embedded.EmbeddedPostgres;
import dev.kept.stores.embedded.EmbeddedPostgresException;
import dev.kept.stores.postgres.run.RunOptions;
import dev.kept.stores.postgres.run.RunWatch;
import dev.kept.stores.postgres.session.FaultPoints;
import dev.kept.stores.postgres.session.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** The main job on the example company, step by step, on the embedded database of a directory. */
public final class Demo {

    static final String SHOP = "demo_shop";
    static final String STATE = "demo_kept";
    private static final long SEED = 20_260_301;

    /** No brake but the second person's yes: the shop's first sweep takes two years of leftovers at once. */
    private static final int BRAKE_PERCENT = 20;

    private Demo() {}

    /** How the demo is told. */
    public interface Voice {
        void step(String title, String explanation);

        void say(String line);

        void schedule(LiveStore store, Plan plan, String table);

        void sweep(LiveStore store, Outcome outcome);

        void correction(LiveStore store, Corrected corrected);

        void erasure(LiveStore store, Found found, Outcome outcome, boolean findable);

        void verdicts(Report report);

        /**
         * Serves until somebody has seen enough; not where nobody watches.
         *
         * @param customer an address with which somebody can ask
         */
        void serve(Home home, Path folder, int port, Optional<String> customer);

        RunWatch watch();
    }

    /** Runs the demo; answers the exit code. */
    public static int run(Path home, Path directory, long customers, Voice voice) throws IOException, SQLException {
        Path privacy = home.resolve("examples/larkfield/privacy");
        voice.step(
                "The notice is checked",
                "Rules, prose and data map of Larkfield Goods, every problem at once; no database is needed.");
        PrivacyFolder files = PrivacyFolder.read(privacy);
        Checked checked = FolderCheck.check(files.files());
        if (checked.failed()) {
            throw new CannotRun("the example's notice does not check", "kept check " + privacy);
        }
        long advice = checked.count(Problem.Severity.ADVICE);
        voice.say("no errors, " + advice + (advice == 1 ? " piece" : " pieces") + " of advice, " + checked.casesRun()
                + " cases");
        BoundStore bound = checked.stores().values().iterator().next();
        Places places = checked.places().getOrDefault(bound.store().name(), Places.none("stores/shop.yaml"));
        try (EmbeddedPostgres postgres = open(directory)) {
            return run(home, directory, postgres, bound, places, files.prose(bound.notice()), customers, voice);
        } catch (StoreException e) {
            throw new CannotRun(e.getMessage(), e.attempt().isEmpty() ? "run `kept demo` again" : e.attempt(), e);
        }
    }

    private static EmbeddedPostgres open(Path directory) {
        try {
            return EmbeddedPostgres.open(directory, EmbeddedOptions.defaults());
        } catch (EmbeddedPostgresException e) {
            throw new CannotRun(String.valueOf(e.getMessage()), e.tryLine(), e);
        }
    }

    private static int run(
            Path home,
            Path directory,
            EmbeddedPostgres postgres,
            BoundStore bound,
            Places places,
            List<Prose> prose,
            long customers,
            Voice voice)
            throws IOException, SQLException {
        voice.step(
                "A shop with a history",
                "Three years of a web shop in an embedded PostgreSQL: made up, the same every time.");
        DataSource source = database(postgres, SHOP);
        ShopGenerator.Summary summary = generate(home, source, customers);
        voice.say(String.format(
                java.util.Locale.ROOT,
                "%,d rows in %d tables",
                summary.total(),
                summary.rows().size()));
        LiveStore store = LiveStore.tied(bound, places, source);
        database(postgres, STATE);
        try (State state = State.open(
                postgres.jdbcUrl(STATE),
                postgres.user(),
                new String(postgres.password().reveal()),
                InstantSource.system())) {
            RunService runs = new RunService(state, InstantSource.system(), FaultPoints.NONE);
            voice.step(
                    "What the notice means",
                    "Data lives only while a purpose is alive. Nobody wrote these rules for a table: they follow.");
            Plan plan = new Planning(state).sweep(store, Instant.now());
            voice.schedule(store, plan, "shop.orders");
            voice.schedule(store, plan, "shop.customers");
            Outcome swept = sweep(state, runs, store, voice);
            Optional<DemoPerson> customer = DemoPerson.of(store, state, voice);
            Optional<Handed> handed = Optional.empty();
            Optional<Corrected> corrected = Optional.empty();
            Optional<Outcome> erased = Optional.empty();
            if (customer.isPresent()) {
                handed = customer.get().access(prose, directory);
                corrected = Optional.of(customer.get().correct());
                erased = customer.get().erase(runs);
            }
            voice.step("The look that nothing remains", "A second sweep looks at every table again.");
            Outcome again = runs.sweep(store, Operator.SCHEDULE, BRAKE_PERCENT, RunOptions.defaults(), voice.watch());
            voice.sweep(store, again);
            Path page = DemoPage.write(
                    directory, new DemoStory(store, plan, summary, swept, handed, corrected, erased, again));
            voice.say("a summary page lies at " + page);
            if (again.state() != RunState.DONE && again.state() != RunState.INCOMPLETE) {
                return 1;
            }
        }
        DemoFinale.play(home, directory, postgres, voice);
        return 0;
    }

    private static DataSource database(EmbeddedPostgres postgres, String name) throws SQLException {
        DatabaseAddress admin = new DatabaseAddress(
                postgres.jdbcUrl("postgres"),
                Optional.of(postgres.user()),
                Optional.of(new String(postgres.password().reveal())));
        try (Connection connection = admin.connect("kept demo");
                Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
        }
        postgres.createDatabase(name);
        return Home.source(new DatabaseAddress(postgres.jdbcUrl(name), admin.user(), admin.password()));
    }

    private static ShopGenerator.Summary generate(Path home, DataSource source, long customers)
            throws IOException, SQLException {
        ShopSchema schema = ShopSchema.read(home.resolve("examples/larkfield/database/shop.sql"));
        try (Connection connection = source.getConnection()) {
            return ShopGenerator.generate(
                    connection,
                    schema,
                    new ShopGenerator.Settings(customers, SEED, Instant.now().minusSeconds(3600)),
                    (stage, done, total) -> {});
        }
    }

    private static Outcome sweep(State state, RunService runs, LiveStore store, Voice voice) {
        voice.step(
                "The first sweep",
                "It would take more than " + BRAKE_PERCENT + " % of some tables, so it waits for a second person.");
        Operator anna = new Operator("Anna", "started the demo's sweep");
        Outcome waits = runs.sweep(store, anna, BRAKE_PERCENT, RunOptions.defaults(), voice.watch());
        voice.sweep(store, waits);
        if (waits.state() != RunState.WAITING) {
            return waits;
        }
        Approvals.approve(state, waits.run(), "Ben");
        voice.say("Ben, another operator, has said yes to this plan as of this moment.");
        Outcome swept = runs.sweep(store, anna, BRAKE_PERCENT, RunOptions.defaults(), voice.watch());
        voice.sweep(store, swept);
        return swept;
    }
}
