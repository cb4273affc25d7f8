package dev.kept.server.run;

import dev.kept.core.notice.Notice;
import dev.kept.core.notice.Use;
import dev.kept.core.notice.prose.Prose;
import dev.kept.core.rights.SeenTable;
import dev.kept.core.rights.Sight;
import dev.kept.server.access.AccessPackage;
import dev.kept.server.access.Contents;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.run.AccessOfMany.Asking;
import dev.kept.server.run.AccessOfMany.Gathered;
import dev.kept.server.run.AccessOfMany.Recorded;
import dev.kept.server.run.PersonNames.Named;
import dev.kept.server.state.State;
import dev.kept.server.state.StateChange;
import dev.kept.stores.postgres.access.AccessReading;
import dev.kept.stores.postgres.session.StoreConnection;
import dev.kept.stores.postgres.session.StoreException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import tools.jackson.core.exc.JacksonIOException;

/**
 * Hands a person what is held about her (GDPR Art. 15): one package over all stores. Who acts, and how identity was established, goes to the
 * private log before anything is read; the journal hears of the package once it is whole.
 */
public final class AccessService {

    private final State state;
    private final InstantSource clock;
    private final Duration limit;
    private final Planning planning;
    private final Optional<String> language;

    /** Packages of named persons are in the notice's first language. */
    public AccessService(State state, InstantSource clock) {
        this(state, clock, AccessReading.SNAPSHOT_LIMIT);
    }

    /** @param limit how long the reading of one store may take */
    AccessService(State state, InstantSource clock, Duration limit) {
        this(state, clock, limit, Optional.empty());
    }

    private AccessService(State state, InstantSource clock, Duration limit, Optional<String> language) {
        this.state = state;
        this.clock = clock;
        this.limit = limit;
        this.planning = new Planning(state);
        this.language = language;
    }

    /** The same, with packages of named persons in another language (BCP 47), as far as the notice has a text in it. */
    public AccessService in(String other) {
        return new AccessService(state, clock, limit, Optional.of(other));
    }

    /**
     * A package that was written.
     *
     * @param id of the package; the journal knows it by this
     * @param counts rows handed out, by table
     */
    public record Handed(UUID id, Path file, Map<String, Long> counts) {
        public Handed {
            counts = Collections.unmodifiableMap(new TreeMap<>(counts));
        }

        public long rows() {
            return counts.values().stream().mapToLong(Long::longValue).sum();
        }

        /** Tables in which there are rows of hers. */
        public long tables() {
            return counts.values().stream().filter(rows -> rows > 0).count();
        }
    }

    /** What goes into a package. */
    public enum Extent {
        /** All that is held (Art. 15). */
        EVERYTHING,
        /** What she gave or what was observed of her, for uses on consent or contract (Art. 20). */
        PORTABLE
    }

    /**
     * Writes the package of one person.
     *
     * @param stores where to look; at least one
     * @param prose the notice's texts, for their words
     * @param target the file; nothing of that name may be there
     * @return empty where no store knows her: then there is no file
     * @throws CannotRun where she cannot be told from others, a store cannot be read whole, or the file cannot be written
     */
    public Optional<Handed> hand(
            List<LiveStore> stores, List<Prose> prose, Named person, Operator operator, Path target) {
        return hand(stores, prose, person, List.of(), keys -> keys, operator, target);
    }

    /**
     * The same with what lies beside.
     *
     * @param beside stores in which nobody is searched for
     * @param known her keys in them besides those found, of these
     */
    public Optional<Handed> hand(
            List<LiveStore> stores,
            List<Prose> prose,
            Named person,
            List<LiveStore> beside,
            UnaryOperator<Map<String, Map<String, List<List<String>>>>> known,
            Operator operator,
            Path target) {
        List<LiveStore> all = new ArrayList<>(stores);
        all.addAll(beside);
        return written(() -> hand(all, prose, known.apply(keys(stores, person)), operator, target));
    }

    private interface Writing {
        Optional<Handed> write() throws IOException;
    }

    private static Optional<Handed> written(Writing writing) {
        try {
            return writing.write();
        } catch (StoreException e) {
            throw new CannotRun(e.getMessage(), e.attempt().isEmpty() ? "run the same command again" : e.attempt(), e);
        } catch (IOException | UncheckedIOException | JacksonIOException e) {
            throw new CannotRun(
                    "the package cannot be written",
                    "see that the disk has room and that you may write to the folder; nothing was left behind",
                    e);
        }
    }

    private Optional<Handed> hand(
            List<LiveStore> stores,
            List<Prose> prose,
            Map<String, Map<String, List<List<String>>>> keys,
            Operator operator,
            Path target)
            throws IOException {
        refuse(state, stores);
        String commitment = operator.commit(state.privateLog());
        Notice notice = stores.getFirst().bound().notice();
        if (keys.isEmpty()) {
            Map<String, Object> entry = entry(notice, UUID.randomUUID(), clock.instant(), commitment);
            entry.put("outcome", "nobody");
            state.journal().append(null, "access", entry);
            return Optional.empty();
        }
        Contents contents = contents(stores, prose, keys, Extent.EVERYTHING, language);
        Map<String, Long> counts = fill(stores, contents, AccessPackage.begin(target, contents));
        journal(target, evidence(contents, Extent.EVERYTHING, counts, commitment));
        return Optional.of(new Handed(contents.id(), target, counts));
    }

    /**
     * A package that was written into a stream.
     *
     * @param id of the package; the ledger knows it by this
     * @param counts rows in it, by table
     * @param evidence what the journal is to hear, with whatever hands the package out
     */
    public record Written(UUID id, Map<String, Long> counts, StateChange evidence) {
        public Written {
            counts = Collections.unmodifiableMap(new TreeMap<>(counts));
        }
    }

    /**
     * Lets the private log hear who acts for each, before anything is read.
     *
     * @param stores where will be read
     * @throws CannotRun where one of them is handed out to nobody: then nothing is recorded
     */
    public List<Recorded> recorded(List<LiveStore> stores, List<Asking> people) {
        refuse(state, stores);
        return people.stream()
                .map(one -> new Recorded(one, one.operator().commit(state.privateLog())))
                .toList();
    }

    /**
     * Writes the package of a person whose keys are known, as those of a request are; into a stream, which stays open.
     *
     * @throws CannotRun where a store cannot be read whole
     * @throws IOException where the stream fails
     */
    public Written write(List<LiveStore> stores, List<Prose> prose, Recorded person, OutputStream target)
            throws IOException {
        refuse(state, stores);
        Asking asking = person.asking();
        try {
            Contents contents = contents(stores, prose, asking.keys(), asking.extent(), Optional.of(asking.language()));
            Map<String, Long> counts = fill(stores, contents, AccessPackage.begin(target, contents));
            return written(contents, asking.extent(), counts, person.commitment());
        } catch (StoreException e) {
            throw new CannotRun(e.getMessage(), e.attempt().isEmpty() ? "try again" : e.attempt(), e);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (JacksonIOException e) {
            throw new IOException("the data cannot be written", e);
        }
    }

    /**
     * The same of what was read of her together with others.
     *
     * @param stores in which she was read
     * @throws IOException where the stream fails
     */
    public Written write(List<LiveStore> stores, Gathered gathered, OutputStream target) throws IOException {
        refuse(state, stores);
        Contents contents = gathered.contents();
        try {
            Map<String, Long> counts = fill(contents, AccessPackage.begin(target, contents), gathered::tell);
            return written(contents, gathered.extent(), counts, gathered.commitment());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (JacksonIOException e) {
            throw new IOException("the data cannot be written", e);
        }
    }

    private Written written(Contents contents, Extent extent, Map<String, Long> counts, String commitment) {
        return new Written(
                contents.id(),
                counts,
                state.journal().entry(null, "access", evidence(contents, extent, counts, commitment)));
    }

    /** A store that is isolated, or of which a partition stands detached, is handed out to nobody. */
    static void refuse(State state, List<LiveStore> stores) {
        stores.forEach(store -> {
            Isolation.refuse(state, store.name());
            Detached.refuse(state, store.name());
        });
    }

    /** Her keys by store and kind; stores that do not know her are left out. */
    private static Map<String, Map<String, List<List<String>>>> keys(List<LiveStore> stores, Named person) {
        Map<String, Map<String, List<List<String>>>> keys = new LinkedHashMap<>();
        PersonSearch.everywhere(stores, person).forEach((store, found) -> keys.put(store, found.keys()));
        return keys;
    }

    private Contents contents(
            List<LiveStore> stores,
            List<Prose> prose,
            Map<String, Map<String, List<List<String>>>> keys,
            Extent extent,
            Optional<String> language) {
        return new PackageContents(stores, prose, clock.instant(), planning).of(keys, extent, language);
    }

    /** What a store has of her, told to her package. */
    private interface Source {
        void tell(Sight sight, AccessPackage file);
    }

    private Map<String, Long> fill(List<LiveStore> stores, Contents contents, AccessPackage begun) throws IOException {
        Map<String, LiveStore> byName = stores.stream().collect(Collectors.toMap(LiveStore::name, Function.identity()));
        return fill(contents, begun, (sight, file) -> {
            LiveStore store =
                    Objects.requireNonNull(byName.get(sight.store().store().name()));
            try (StoreConnection connection = store.connector().open()) {
                new AccessReading(store.catalogue())
                        .read(connection, sight, limit, () -> Detached.refuse(state, store.name()), file);
            }
        });
    }

    private static Map<String, Long> fill(Contents contents, AccessPackage begun, Source source) throws IOException {
        try (AccessPackage file = begun) {
            for (Sight sight : contents.sights()) {
                file.beginStore(sight);
                source.tell(sight, file);
                file.endStore();
            }
            file.finish();
            return file.counts();
        }
    }

    /** What the journal does not know of is not handed out. */
    private void journal(Path written, Map<String, Object> evidence) throws IOException {
        try {
            state.journal().append(null, "access", evidence);
        } catch (RuntimeException e) {
            Files.deleteIfExists(written);
            throw e;
        }
    }

    private static Map<String, Object> entry(Notice notice, UUID id, Instant asOf, String commitment) {
        Map<String, Object> entry = new TreeMap<>();
        entry.put("package", id.toString());
        entry.put("asOf", asOf.toString());
        entry.put("notice", Planning.hash(notice));
        entry.put("actor", Map.of("role", "engineer", "commitment", commitment));
        return entry;
    }

    private static Map<String, Object> evidence(
            Contents contents, Extent extent, Map<String, Long> counts, String commitment) {
        Map<String, Object> entry = entry(contents.notice(), contents.id(), contents.asOf(), commitment);
        entry.put("outcome", "handed-out");
        if (extent == Extent.PORTABLE) {
            entry.put("extent", "portable");
        }
        entry.put("rows", counts);
        Map<String, String> plans = new TreeMap<>();
        contents.sights()
                .forEach(sight ->
                        plans.put(sight.store().store().name(), sight.plan().hash()));
        entry.put("plans", plans);
        entry.put(
                "rules",
                contents.sights().stream()
                        .flatMap(sight -> sight.tables().stream())
                        .map(SeenTable::uses)
                        .flatMap(uses -> uses.stream()
                                .flatMap(id -> Optional.ofNullable(
                                        contents.notice().uses().get(id))
                                        .stream()))
                        .map(Use::path)
                        .distinct()
                        .sorted()
                        .toList());
        return entry;
    }
}
