package dev.kept.core.source;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One element of a YAML document: what it is, where it stands, and typed access to it.
 *
 * <p>Asking for something the element is not adds a problem and answers empty, so that reading goes on and finds the rest.
 */
public final class Element {

    /** What an element is; {@code UNREADABLE} has been complained about already. */
    public enum Kind {
        MAPPING("a mapping"),
        LIST("a list"),
        TEXT("a text"),
        WHOLE("a number"),
        DECIMAL("a decimal number"),
        FLAG("`true` or `false`"),
        NOTHING("empty"),
        UNREADABLE("unreadable");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    private final Kind kind;
    private final String text;
    private final Place place;
    private final Place keyPlace;
    private final List<String> path;
    private final Problems problems;
    private final Map<String, Element> entries = new LinkedHashMap<>();
    private final List<Element> items = new ArrayList<>();

    Element(Kind kind, String text, Place place, Place keyPlace, List<String> path, Problems problems) {
        this.kind = kind;
        this.text = text;
        this.place = place;
        this.keyPlace = keyPlace;
        this.path = path;
        this.problems = problems;
        problems.stands(path, keyPlace);
    }

    Element addEntry(String key, Place keyStands, Kind valueKind, String valueText, Place valueStands) {
        Element entry = new Element(valueKind, valueText, valueStands, keyStands, below(key), problems);
        Element first = entries.putIfAbsent(key, entry);
        if (first != null) {
            problems.add(Problem.error(
                    "duplicate-key",
                    keyStands,
                    entry.dotted(),
                    "`" + key + "` is here twice; it stands at line " + first.keyPlace.line() + " already",
                    "keep one of them"));
        }
        return entry;
    }

    Element addItem(Kind itemKind, String itemText, Place itemStands) {
        Element item =
                new Element(itemKind, itemText, itemStands, itemStands, below(String.valueOf(items.size())), problems);
        items.add(item);
        return item;
    }

    private List<String> below(String key) {
        List<String> longer = new ArrayList<>(path);
        longer.add(key);
        return Collections.unmodifiableList(longer);
    }

    public Kind kind() {
        return kind;
    }

    /** Where the element itself begins. */
    public Place place() {
        return place;
    }

    /** Where its key begins; for an item of a list, where the item begins. */
    public Place keyPlace() {
        return keyPlace;
    }

    public List<String> path() {
        return path;
    }

    /** The path in one word: {@code uses.account.ends.0}. */
    public String dotted() {
        return String.join(".", path);
    }

    /** The key or index under which the element stands; empty for the root. */
    public String name() {
        return path.isEmpty() ? "" : path.getLast();
    }

    /** A text that is not blank. */
    public Optional<String> text() {
        if (kind != Kind.TEXT) {
            wrongType("a text", isScalar() ? "put it in quotes" : "");
            return Optional.empty();
        }
        if (text.isBlank()) {
            error("empty-text", named() + " is an empty text", "write something, or leave it out");
            return Optional.empty();
        }
        return Optional.of(text);
    }

    /** Any single value, as written: a text (empty too), a number, {@code true}. */
    public Optional<String> scalar() {
        if (!isScalar()) {
            wrongType("a single value", "");
            return Optional.empty();
        }
        return Optional.of(text);
    }

    public boolean isScalar() {
        return kind == Kind.TEXT || kind == Kind.WHOLE || kind == Kind.DECIMAL || kind == Kind.FLAG;
    }

    /** Whether it is {@code null}, or nothing is written. */
    public boolean isNothing() {
        return kind == Kind.NOTHING;
    }

    /** Whether it is this very text. */
    public boolean is(String word) {
        return kind == Kind.TEXT && text.equals(word);
    }

    public Optional<Boolean> flag() {
        if (kind != Kind.FLAG) {
            wrongType("`true` or `false`", "");
            return Optional.empty();
        }
        return Optional.of(Boolean.parseBoolean(text));
    }

    /** A whole number in a range, bounds included. */
    public Optional<Long> whole(long min, long max) {
        if (kind != Kind.WHOLE) {
            wrongType("a whole number", "");
            return Optional.empty();
        }
        Optional<Long> number = Optional.empty();
        try {
            number = Optional.of(Long.decode(text.replaceFirst("^0o", "0")))
                    .filter(value -> value >= min && value <= max);
        } catch (NumberFormatException e) {
            // said below: it is out of range
        }
        if (number.isEmpty()) {
            error("bad-number", named() + " is not between " + min + " and " + max, "");
        }
        return number;
    }

    /** The entries of a mapping, in the order written. */
    public Map<String, Element> entries() {
        if (kind != Kind.MAPPING) {
            wrongType("a mapping", "write `name: value` lines below it, or `{name: value}`");
            return Map.of();
        }
        return Collections.unmodifiableMap(entries);
    }

    /** The entries of a mapping whose keys are all known; others are complained about. */
    public Fields fields(String... known) {
        List<String> keys = List.of(known);
        entries().forEach((key, entry) -> {
            if (!keys.contains(key)) {
                problems.add(Problem.error(
                        "unknown-key",
                        entry.keyPlace,
                        entry.dotted(),
                        named() + " knows no `" + key + "`",
                        Spelling.suggest(key, keys)));
            }
        });
        return new Fields(this, entries);
    }

    public List<Element> items() {
        if (kind != Kind.LIST) {
            wrongType("a list", "write `[…]`, or `- …` lines below it");
            return List.of();
        }
        return Collections.unmodifiableList(items);
    }

    /** The items of a list; what is no list counts as a list of one. */
    public List<Element> itemsOrOne() {
        return kind == Kind.LIST ? items() : List.of(this);
    }

    /** A text or a list of at least one text, each once, each as {@code parse} reads it. */
    public <T> List<T> listOf(Function<Element, Optional<T>> parse) {
        List<T> list = new ArrayList<>();
        if (kind == Kind.LIST && items.isEmpty()) {
            error("empty-list", named() + " is an empty list", "name at least one, or leave it out");
        }
        if (kind != Kind.LIST && !isScalar()) {
            wrongType("a list", "write `[…]`, or `- …` lines below it");
            return list;
        }
        for (Element item : itemsOrOne()) {
            Optional<T> value = parse.apply(item);
            if (value.isPresent() && list.contains(value.get())) {
                item.error("listed-twice", "`" + value.get() + "` is listed twice", "keep one of them");
            } else {
                value.ifPresent(list::add);
            }
        }
        return list;
    }

    public List<String> words() {
        return listOf(Element::text);
    }

    /** One of several words. */
    public <T> Optional<T> choice(Map<String, T> words) {
        Set<String> known = new TreeSet<>(words.keySet());
        if (kind != Kind.TEXT) {
            wrongType(Spelling.oneOf(known), "");
            return Optional.empty();
        }
        Optional<T> chosen = Optional.ofNullable(words.get(text));
        if (chosen.isEmpty()) {
            error(
                    "unknown-word",
                    named() + " cannot be `" + text + "`",
                    Spelling.nearest(text, known)
                            .map(nearest -> "did you mean `" + nearest + "`?")
                            .orElse("write " + Spelling.oneOf(known)));
        }
        return chosen;
    }

    /** A text that {@code parse} understands; else a problem that says what was wanted. */
    public <T> Optional<T> parsed(String code, String wanted, String attempt, Function<String, Optional<T>> parse) {
        Optional<String> written = text();
        Optional<T> value = written.flatMap(parse);
        if (written.isPresent() && value.isEmpty()) {
            error(code, "`" + written.get() + "` is not " + wanted, attempt);
        }
        return value;
    }

    public void error(String code, String message, String attempt) {
        problems.add(Problem.error(code, place, dotted(), message, attempt));
    }

    public void advice(String code, String message, String attempt) {
        problems.add(Problem.advice(code, place, dotted(), message, attempt));
    }

    /** An error that stands at the key rather than at the value. */
    public void problemAtKey(String code, String message, String attempt) {
        problems.add(Problem.error(code, keyPlace, dotted(), message, attempt));
    }

    /** The problem that the element should have been something else. */
    public void wrongType(String wanted, String attempt) {
        if (kind != Kind.UNREADABLE) {
            error("wrong-type", named() + " should be " + wanted + " but is " + kind.words, attempt);
        }
    }

    private String named() {
        return path.isEmpty() ? "the file" : "`" + dotted() + "`";
    }

    @Override
    public String toString() {
        return kind == Kind.MAPPING
                ? entries.keySet().stream().collect(Collectors.joining(", ", "{", "}"))
                : dotted() + " (" + kind.words + ")";
    }
}
