package dev.kept.core.check;

import dev.kept.core.binding.Binder;
import dev.kept.core.cases.Case;
import dev.kept.core.cases.CaseReader;
import dev.kept.core.cases.CaseRunner;
import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.Catalogue;
import dev.kept.core.datamap.CatalogueFile;
import dev.kept.core.datamap.Guesses;
import dev.kept.core.datamap.MapReader;
import dev.kept.core.datamap.Store;
import dev.kept.core.letter.Letters;
import dev.kept.core.lifecycle.UseBounds;
import dev.kept.core.notice.Notice;
import dev.kept.core.notice.NoticeReader;
import dev.kept.core.notice.prose.Prose;
import dev.kept.core.notice.prose.ProseCheck;
import dev.kept.core.notice.version.NextReader;
import dev.kept.core.notice.version.VersionReader;
import dev.kept.core.source.Place;
import dev.kept.core.source.Places;
import dev.kept.core.source.Problem;
import dev.kept.core.source.Reading;
import dev.kept.core.source.SourceText;
import dev.kept.core.wording.Area;
import dev.kept.core.wording.WordingCheck;
import dev.kept.core.wording.Wordings;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Checks the files of one notice together; pure, so that the same check runs in CI, on the command line and in an editor. */
public final class FolderCheck {

    private static final String MAPS = "stores/";
    private static final String CASES = "cases/";
    private static final String CATALOGUE = ".catalogue.yaml";

    private final List<SourceText> files;
    private final List<SourceText> published;
    private final Optional<LocalDate> publishing;
    private Editions editions = Editions.NONE;
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, BoundStore> stores = new LinkedHashMap<>();
    private final Map<String, Places> places = new LinkedHashMap<>();
    private final Map<String, MapFile> maps = new LinkedHashMap<>();

    private final Map<String, CompletableFuture<Reading<Catalogue>>> catalogues = new LinkedHashMap<>();
    private final Set<String> brokenStores = new LinkedHashSet<>();
    private int casesRun;
    private int casesNotRun;

    private final Set<String> unread = new LinkedHashSet<>();

    private FolderCheck(List<SourceText> files, List<Problem> unread, Optional<LocalDate> publishing) {
        this.files = files.stream()
                .filter(file -> !file.name().startsWith(VersionReader.FOLDER))
                .toList();
        this.published = files.stream()
                .filter(file -> file.name().startsWith(VersionReader.FOLDER))
                .toList();
        this.publishing = publishing;
        unread.forEach(problem -> this.unread.add(problem.place().file()));
        problems.addAll(unread);
    }

    /** Checks everything; {@code files} are named relative to the notice's folder. */
    public static Checked check(List<SourceText> files) {
        return check(files, List.of());
    }

    /** @param unread why files that are there could not be read: what would follow from it is not said, too */
    public static Checked check(List<SourceText> files, List<Problem> unread) {
        return new FolderCheck(files, unread, Optional.empty()).check();
    }

    /** The same as if the notice were published now, to take effect on a day unless {@code next.yaml} names another. */
    public static Checked publishing(List<SourceText> files, List<Problem> unread, LocalDate effective) {
        return new FolderCheck(files, unread, Optional.of(effective)).check();
    }

    private Checked check() {
        Optional<SourceText> rules = file("notice.yaml");
        if (rules.isEmpty() && unread.contains("notice.yaml")) {
            return checked(Optional.empty());
        }
        if (rules.isEmpty()) {
            problems.add(Problem.error(
                    "notice-missing",
                    Place.of("notice.yaml"),
                    "",
                    "there is no `notice.yaml`",
                    "write the rules of the notice there"));
            return checked(Optional.empty());
        }
        files.stream()
                .filter(file -> file.name().endsWith(".yml"))
                .forEach(file -> problems.add(Problem.error(
                        "file-not-read",
                        Place.of(file.name()),
                        "",
                        "`" + file.name() + "` is not read: files of a notice end in `.yaml`",
                        "rename it")));
        files.stream()
                .filter(file -> file.name().startsWith(MAPS) && file.name().endsWith(CATALOGUE))
                .forEach(file -> catalogues.put(file.name(), aside(() -> CatalogueFile.read(file))));
        problems.addAll(Letters.check(files));
        Reading<Notice> reading = NoticeReader.draft(rules.get());
        problems.addAll(reading.problems());
        reading.value().ifPresent(notice -> {
            editions = Editions.read(rules.get(), notice, published, file(NextReader.FILE), publishing, problems);
            check(notice, reading);
        });
        return checked(reading.value());
    }

    private Checked checked(Optional<Notice> notice) {
        return new Checked(notice, editions, stores, places, maps, problems, casesRun, casesNotRun);
    }

    /** Prose, maps and case files ask nothing of each other: the prose is read beside the others, and cases while catalogues are. */
    private void check(Notice notice, Reading<Notice> rules) {
        CompletableFuture<List<Problem>> ofProse = aside(() -> prose(notice, rules));
        unread.stream()
                .filter(name -> name.startsWith(MAPS) && name.endsWith(".yaml"))
                .forEach(name -> brokenStores.add(name.substring(MAPS.length(), name.indexOf('.', MAPS.length()))));
        int before = problems.size();
        List<Reading<List<Case>>> cases = cases(notice);
        maps().forEach(map -> check(notice, map));
        run(cases);
        problems.addAll(before, ofProse.join());
    }

    private static <T> CompletableFuture<T> aside(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work);
    }

    private List<Problem> prose(Notice notice, Reading<Notice> rules) {
        FollowUps followUps = new FollowUps(rules.problems());
        List<SourceText> prose = files.stream()
                .filter(file -> file.name().endsWith(".md") && !file.name().startsWith(Letters.FOLDER))
                .toList();
        Reading<List<Prose>> read = ProseCheck.read(prose, notice, rules.places(), Wordings.of(files));
        List<Problem> found = new ArrayList<>(read.problems());
        found.addAll(words(notice, rules.places(), read.value().orElse(List.of())));
        return found.stream()
                .filter(problem -> !followUps.include(problem))
                // that these are missing is said of the words
                .filter(problem -> !(problem.code().equals("word-missing")
                        && Wordings.keys(Area.NOTICE).contains(problem.path())))
                .filter(problem ->
                        !problem.code().equals("prose-missing") || !unread.contains("notice." + problem.path() + ".md"))
                .toList();
    }

    /** Words and letters for every language of the notice, and every text there is. */
    private List<Problem> words(Notice notice, Places rules, List<Prose> prose) {
        Map<String, Place> languages = new LinkedHashMap<>();
        notice.languages().forEach(language -> languages.put(language, rules.at("languages")));
        Map<String, Set<String>> elsewhere = new LinkedHashMap<>();
        for (Prose text : prose) {
            languages.putIfAbsent(text.language(), Place.of(text.file()));
            elsewhere.put(text.language(), text.glossary().words().keySet());
        }
        List<Problem> missing = new ArrayList<>(WordingCheck.check(files, languages, elsewhere));
        languages.forEach((language, place) -> missing.addAll(Letters.missing(files, language, place)));
        missing.addAll(Letters.unused(files, languages.keySet()));
        return missing;
    }

    private Optional<SourceText> file(String name) {
        return files.stream().filter(file -> file.name().equals(name)).findFirst();
    }

    private List<SourceText> maps() {
        return files.stream()
                .filter(file -> file.name().startsWith(MAPS) && file.name().endsWith(".yaml"))
                .filter(file -> !file.name().endsWith(CATALOGUE))
                .toList();
    }

    private void check(Notice notice, SourceText map) {
        Reading<Store> reading = MapReader.draft(map, notice.controller().zone());
        problems.addAll(reading.problems());
        String fileName = map.name().substring(MAPS.length(), map.name().length() - ".yaml".length());
        brokenStores.add(reading.value().map(Store::name).orElse(fileName));
        if (reading.value().isEmpty()) {
            return;
        }
        Store store = reading.value().get();
        if (maps.containsKey(store.name())) {
            problems.add(Problem.error(
                    "store-twice",
                    reading.places().at("store"),
                    "stores." + store.name(),
                    "another map is of store `" + store.name() + "` already",
                    "give this one a name of its own, or put both into one file"));
            return;
        }
        problems.addAll(Guesses.unconfirmed(store, reading.places()));
        String name = map.name().substring(0, map.name().length() - ".yaml".length()) + CATALOGUE;
        CompletableFuture<Reading<Catalogue>> written = catalogues.get(name);
        if (written == null && unread.contains(name)) {
            return;
        }
        if (written == null) {
            maps.put(store.name(), new MapFile(store, reading.places(), Optional.empty(), Places.none(name)));
            problems.add(Problem.error(
                    "catalogue-missing",
                    Place.of(map.name()),
                    "stores." + store.name(),
                    "there is no `" + name + "`, so the map cannot be compared with the store",
                    "write it with `kept map " + store.name() + " --from JDBC-URL`, and commit it"));
            return;
        }
        Reading<Catalogue> catalogue = written.join();
        problems.addAll(catalogue.problems());
        maps.put(store.name(), new MapFile(store, reading.places(), catalogue.value(), catalogue.places()));
        catalogue.value().ifPresent(live -> bind(notice, store, live, reading.places()));
    }

    private void bind(Notice notice, Store store, Catalogue live, Places where) {
        Reading<BoundStore> bound = Binder.bind(notice, store, live, where);
        problems.addAll(bound.problems());
        bound.value().map(tied -> tied.with(editions.obeyed(notice))).ifPresent(tied -> {
            problems.addAll(UseBounds.check(tied, where));
            stores.put(store.name(), tied);
            brokenStores.remove(store.name());
            places.put(store.name(), where);
        });
    }

    private List<Reading<List<Case>>> cases(Notice notice) {
        return files.stream()
                .filter(file -> file.name().startsWith(CASES) && file.name().endsWith(".yaml"))
                .map(file -> CaseReader.read(file, notice.controller().zone()))
                .toList();
    }

    /** Two threads take one case after the other, whichever file it stands in; what they find is told in the order of the files. */
    private void run(List<Reading<List<Case>>> readings) {
        CaseRunner runner = new CaseRunner(stores, brokenStores);
        List<Supplier<List<Problem>>> each = new ArrayList<>();
        for (Reading<List<Case>> reading : readings) {
            each.add(reading::problems);
            for (Case one : reading.value().orElse(List.of())) {
                casesNotRun++;
                each.add(() -> runner.run(List.of(one), reading.places()));
            }
        }
        List<List<Problem>> found = new ArrayList<>(Collections.nCopies(each.size(), List.of()));
        AtomicInteger next = new AtomicInteger();
        Runnable takingTurns = () -> {
            for (int i = next.getAndIncrement(); i < each.size(); i = next.getAndIncrement()) {
                found.set(i, each.get(i).get());
            }
        };
        CompletableFuture<Void> beside = CompletableFuture.runAsync(takingTurns);
        takingTurns.run();
        beside.join();
        found.forEach(problems::addAll);
        casesRun = runner.casesRun();
        casesNotRun -= casesRun;
    }
}
