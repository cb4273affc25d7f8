package dev.kept.core.notice;

import dev.kept.core.notice.Notice.Contact;
import dev.kept.core.notice.Notice.Covers;
import dev.kept.core.notice.Notice.Keeps;
import dev.kept.core.notice.Notice.Rights;
import dev.kept.core.notice.Notice.Then;
import dev.kept.core.source.Element;
import dev.kept.core.source.Fields;
import dev.kept.core.source.Places;
import dev.kept.core.source.Problem;
import dev.kept.core.source.Problems;
import dev.kept.core.source.Reading;
import dev.kept.core.source.SourceText;
import dev.kept.core.source.YamlReader;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads {@code notice.yaml} (docs/notice-format.md) and checks what needs the notice only ({@link NoticeCheck}); reports
 * everything at once.
 */
public final class NoticeReader {

    /** The rights of chapter 8 (GDPR Art. 15 to 22, 7(3) and 77). */
    public static final List<String> RIGHTS = List.of(
            "access", "correct", "erase", "portability", "restrict", "object", "withdraw", "review", "complain");

    private static final List<String> CHAPTERS = List.of(
            "notice",
            "languages",
            "controller",
            "covers",
            "collects",
            "uses",
            "shares",
            "cookies",
            "keeps",
            "signals",
            "contact",
            "rights");

    private final Fields fields;

    /** What could not be read, so that no follow-up problem is reported about it. */
    private final Set<String> unread = new LinkedHashSet<>();

    private NoticeReader(Element file) {
        this.fields = file.fields(CHAPTERS.toArray(String[]::new));
    }

    /** The notice, unless anything is wrong with it. */
    public static Reading<Notice> read(SourceText source) {
        Problems problems = new Problems(source.name());
        return problems.reading(draft(source, problems));
    }

    /** The same problems, and a notice wherever one can be made out of what is written: not to be obeyed, only to check on. */
    public static Reading<Notice> draft(SourceText source) {
        Problems problems = new Problems(source.name());
        return problems.draft(draft(source, problems));
    }

    private static Optional<Notice> draft(SourceText source, Problems problems) {
        Optional<Element> root = YamlReader.read(source, problems);
        if (root.isEmpty()) {
            return Optional.empty();
        }
        NoticeReader reader = new NoticeReader(root.get());
        if (root.get().kind() != Element.Kind.MAPPING) {
            return Optional.empty();
        }
        Notice notice = reader.notice();
        Places places = problems.places();
        List<Problem> wrong = new NoticeCheck(notice, places, reader.unread).problems();
        problems.addAll(wrong);
        problems.addAll(new NoticeAdvice(notice, places, reader.broken(problems)).problems());
        return Optional.of(notice);
    }

    /** The chapters with something wrong in them: what they lack may stand there in other words. */
    private Set<String> broken(Problems problems) {
        Set<String> chapters = problems.errorPaths().stream()
                .map(path -> path.replaceFirst("\\..*", ""))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return CHAPTERS.containsAll(chapters) ? chapters : Set.copyOf(CHAPTERS);
    }

    private Notice notice() {
        String name = fields.required("notice", "name the notice, as in `notice: larkfield`")
                .flatMap(Written::id)
                .orElse("");
        Controller controller = controller();
        Map<String, Category> collects = collects();
        UseReader useReader = new UseReader(collects.keySet(), unread);
        Map<String, Use> uses = useReader.uses(fields.required("uses", "add `uses:` with the purposes of chapter 2"));
        Optional<Fields> keeps = fields.get("keeps").map(e -> e.fields("longest", "beyond", "then"));
        keeps.flatMap(f -> f.get("beyond")).ifPresent(beyond -> useReader.beyond(beyond, uses));
        ShareReader shareReader = new ShareReader(collects.keySet(), uses.keySet());
        fields.get("shares").ifPresent(shareReader::shares);
        fields.get("cookies").ifPresent(shareReader::cookies);
        unread.addAll(shareReader.unread());
        return new Notice(
                name,
                fields.get("languages").map(e -> e.listOf(Written::language)).orElse(List.of("en")),
                controller,
                covers(),
                collects,
                uses,
                shareReader.shares(),
                shareReader.never(),
                shareReader.cookies(),
                keeps(keeps),
                fields.get("signals").map(Signals::read).orElse(Map.of()),
                contact(controller),
                rights());
    }

    private Controller controller() {
        Optional<Element> written =
                fields.required("controller", "say who is responsible: `controller: {name, email, zone}`");
        Optional<Fields> known = written.map(e -> e.fields("name", "email", "post", "zone"));
        return new Controller(
                known.flatMap(f -> f.required("name", "name the company"))
                        .flatMap(Element::text)
                        .orElse(""),
                known.flatMap(f -> f.required("email", "add an address people can write to"))
                        .flatMap(Written::email)
                        .orElse(""),
                known.flatMap(f -> f.get("post")).flatMap(Element::text).orElse(""),
                known.flatMap(f -> f.required("zone", "say in which time zone days are counted, as in `Europe/Berlin`"))
                        .flatMap(Written::zone)
                        .orElse(ZoneOffset.UTC));
    }

    private Covers covers() {
        Optional<Fields> known = fields.get("covers").map(e -> e.fields("sites", "services", "also"));
        Function<String, List<String>> words =
                key -> known.flatMap(f -> f.get(key)).map(Element::words).orElse(List.of());
        return new Covers(words.apply("sites"), words.apply("services"), words.apply("also"));
    }

    private Map<String, Category> collects() {
        Map<String, Category> categories = new LinkedHashMap<>();
        Map<String, String> sources = new LinkedHashMap<>();
        List.of("you", "device", "use", "cookies", "others").forEach(source -> sources.put(source, source));
        Optional<Element> written = fields.required("collects", "add `collects:` with the categories of chapter 1");
        written.map(Element::entries).orElse(Map.of()).forEach((id, element) -> {
            Written.named(element);
            Fields known = element.fields("from", "is", "refusable", "secret", "identifies");
            categories.put(
                    id,
                    new Category(
                            id,
                            known.required("from", "say where it comes from: " + String.join(", ", sources.keySet()))
                                    .map(e -> e.listOf(item -> item.choice(sources)))
                                    .orElse(List.of()),
                            known.get("is").map(e -> e.listOf(Written::term)).orElse(List.of()),
                            known.get("refusable")
                                    .flatMap(e -> e.fields("without-it")
                                            .required("without-it", "say what the person misses who refuses it"))
                                    .flatMap(Element::text),
                            known.get("secret").flatMap(Element::flag).orElse(false),
                            known.get("identifies").flatMap(Element::flag).orElse(true)));
        });
        written.filter(e -> e.kind() == Element.Kind.MAPPING && categories.isEmpty())
                .ifPresent(e -> e.error("nothing-listed", "`collects` lists no category", "add at least one"));
        return categories;
    }

    private Keeps keeps(Optional<Fields> keeps) {
        Optional<Fields> then = keeps.flatMap(f -> f.get("then")).map(e -> e.fields("rows", "backups"));
        return new Keeps(
                keeps.flatMap(f -> f.get("longest")).flatMap(e -> {
                    Optional<Span> longest = Written.span(e);
                    if (longest.isEmpty()) {
                        unread.add("keeps.longest");
                    }
                    return longest;
                }),
                then.flatMap(f -> f.get("rows"))
                        .flatMap(e -> e.choice(Map.of("delete", Then.DELETE, "anonymise", Then.ANONYMISE)))
                        .orElse(Then.DELETE),
                then.flatMap(f -> f.get("backups"))
                        .flatMap(e -> e.choice(Map.of("isolate", "isolate")))
                        .orElse("isolate"));
    }

    private Contact contact(Controller controller) {
        Optional<Fields> known = fields.get("contact").map(e -> e.fields("email", "post"));
        return new Contact(
                known.flatMap(f -> f.get("email")).flatMap(Written::email).orElse(controller.email()),
                known.flatMap(f -> f.get("post")).flatMap(Element::text).orElse(controller.post()));
    }

    private Rights rights() {
        List<String> keys = new ArrayList<>(RIGHTS);
        keys.add("answered-within");
        keys.add("form");
        Optional<Fields> known = fields.get("rights").map(e -> e.fields(keys.toArray(String[]::new)));
        List<String> granted = new ArrayList<>();
        for (String right : RIGHTS) {
            known.flatMap(f -> f.get(right)).ifPresent(e -> {
                granted.add(right);
                if (e.kind() != Element.Kind.NOTHING) {
                    e.fields();
                }
            });
        }
        return new Rights(
                known.flatMap(f -> f.get("answered-within")).flatMap(Written::span),
                granted,
                known.flatMap(f -> f.get("form")).flatMap(Written::page));
    }
}
