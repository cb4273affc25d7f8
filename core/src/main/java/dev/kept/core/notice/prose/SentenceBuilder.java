package dev.kept.core.notice.prose;

import dev.kept.core.notice.Notice;
import dev.kept.core.notice.Promises;
import dev.kept.core.source.Place;
import dev.kept.core.source.Problem;
import dev.kept.core.source.Problems;
import dev.kept.core.source.Spelling;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.SourceSpan;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;

/** Turns the inline Markdown of one block into sentences, each up to an anchor, and fills in values. */
final class SentenceBuilder {

    private static final Pattern IN_DESTINATION = Pattern.compile("\\{\\{\\s*([^{}]*?)\\s*}}");
    private static final Pattern SPACE = Pattern.compile("\\s+");

    private final Phrases phrases;
    private final int linesBefore;
    private final Problems problems;
    private final Set<String> anchors;
    private final Values values;

    /** The keys for which words were missing while the current value was said. */
    private final List<String> missing = new ArrayList<>();

    /** The same, of all sentences: each is told once. */
    private final Set<String> told = new HashSet<>();

    /** The text of the current sentence so far, which decides whether a value begins it. */
    private PlainText soFar = new PlainText();

    SentenceBuilder(Notice notice, String language, Glossary glossary, int linesBefore, Problems problems) {
        this.phrases = new Phrases(glossary, missing::add);
        this.linesBefore = linesBefore;
        this.problems = problems;
        this.anchors = Promises.anchors(notice);
        boolean original =
                notice.languages().isEmpty() || notice.languages().getFirst().equals(language);
        this.values = new Values(notice, phrases, original);
    }

    /** The sentences of a heading or paragraph. */
    List<Sentence> of(Node block) {
        List<Sentence> sentences = new ArrayList<>();
        List<Inline> content = new ArrayList<>();
        Place begin = place(block);
        soFar = new PlainText();
        for (Node node = block.getFirstChild(); node != null; node = node.getNext()) {
            if (content.isEmpty()) {
                begin = place(node);
            }
            if (node instanceof Braces.Mark mark && mark.anchor) {
                close(sentences, content, begin, mark);
                content.clear();
                soFar = new PlainText();
            } else {
                inline(node)
                        .filter(inline -> !content.isEmpty() || !isBlank(inline))
                        .ifPresent(content::add);
            }
        }
        if (!content.isEmpty()) {
            sentences.add(sentence(Sentence.Kind.STATEMENT, List.of(), content, begin));
        }
        return sentences;
    }

    private void close(List<Sentence> sentences, List<Inline> content, Place begin, Braces.Mark mark) {
        Place place = place(mark);
        Sentence.Kind kind = Sentence.Kind.PROMISE;
        List<Sentence.Anchor> paths = new ArrayList<>();
        if (mark.content().isEmpty() || mark.content().get().isEmpty()) {
            problems.add(Problem.error(
                    "anchor-malformed",
                    place,
                    "",
                    "an anchor names no rule or is not closed",
                    "write `{#path.of.the.rule}`"));
        }
        for (String word : SPACE.splitAsStream(mark.content().orElse("")).toList()) {
            switch (word) {
                case "" -> {}
                case "may" -> kind = Sentence.Kind.PERMISSION;
                case "duty" -> kind = Sentence.Kind.DUTY;
                default -> anchor(word, place).ifPresent(paths::add);
            }
        }
        if (content.isEmpty()) {
            problems.add(Problem.error(
                    "anchor-without-text",
                    place,
                    "",
                    "an anchor stands where no sentence ends",
                    sentences.isEmpty()
                            ? "write the sentence before it"
                            : "put all paths of a sentence into one pair of braces"));
            return;
        }
        sentences.add(sentence(paths.isEmpty() ? Sentence.Kind.STATEMENT : kind, paths, content, begin));
    }

    private Optional<Sentence.Anchor> anchor(String path, Place place) {
        if (!anchors.contains(path)) {
            problems.add(Problem.error(
                    "anchor-unknown",
                    place,
                    path,
                    "the sentence states `" + path + "`, which the notice does not have",
                    Spelling.nearest(path, anchors)
                            .map(nearest -> "did you mean `" + nearest + "`?")
                            .orElse("add the rule, or leave the anchor out")));
            return Optional.empty();
        }
        return Optional.of(new Sentence.Anchor(path, place));
    }

    private static Sentence sentence(
            Sentence.Kind kind, List<Sentence.Anchor> anchors, List<Inline> content, Place place) {
        List<Inline> trimmed = new ArrayList<>(content);
        while (!trimmed.isEmpty() && isBlank(trimmed.getLast())) {
            trimmed.removeLast();
        }
        if (trimmed.getFirst() instanceof Inline.Text first) {
            trimmed.set(0, new Inline.Text(first.text().stripLeading()));
        }
        if (trimmed.getLast() instanceof Inline.Text last) {
            trimmed.set(trimmed.size() - 1, new Inline.Text(last.text().stripTrailing()));
        }
        return new Sentence(kind, anchors, trimmed, place);
    }

    private static boolean isBlank(Inline inline) {
        return inline instanceof Inline.LineBreak
                || (inline instanceof Inline.Text text && text.text().isBlank());
    }

    private List<Inline> inlines(Node parent) {
        List<Inline> inlines = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNext()) {
            inline(node).ifPresent(inlines::add);
        }
        return inlines;
    }

    private Optional<Inline> inline(Node node) {
        return switch (node) {
            case Text text -> leaf(new Inline.Text(text.getLiteral()));
            case Code code -> leaf(new Inline.Code(code.getLiteral()));
            case SoftLineBreak soft -> leaf(new Inline.LineBreak(false));
            case HardLineBreak hard -> leaf(new Inline.LineBreak(true));
            case Emphasis emphasis -> Optional.of(new Inline.Emphasis(inlines(emphasis)));
            case StrongEmphasis strong -> Optional.of(new Inline.Strong(inlines(strong)));
            case Link link -> Optional.of(new Inline.Link(destination(link), inlines(link), place(link)));
            case Braces.Mark mark when !mark.anchor -> leaf(value(mark));
            case Braces.Mark mark -> {
                problems.add(Problem.error(
                        "anchor-malformed",
                        place(mark),
                        "",
                        "an anchor stands within emphasis or a link",
                        "put it after them"));
                yield Optional.empty();
            }
            case HtmlInline html when html.getLiteral().startsWith("<!--") -> Optional.empty();
            case HtmlInline html -> {
                unsupported(html, "HTML");
                yield Optional.empty();
            }
            default -> {
                unsupported(node, "a picture");
                yield Optional.empty();
            }
        };
    }

    private Optional<Inline> leaf(Inline inline) {
        soFar.append(inline);
        return Optional.of(inline);
    }

    private String destination(Link link) {
        return IN_DESTINATION
                .matcher(link.getDestination())
                .replaceAll(match -> Matcher.quoteReplacement(
                        say(match.group(1), place(link)).text()));
    }

    private Inline.Value value(Braces.Mark mark) {
        Place place = place(mark);
        if (mark.content().isEmpty() || mark.content().get().isBlank()) {
            problems.add(Problem.error(
                    "value-malformed",
                    place,
                    "",
                    "`{{` asks for no value or is not closed",
                    "write `{{path.of.the.value}}`"));
            return new Inline.Value("", "{{", List.of(), place);
        }
        return say(SPACE.matcher(mark.content().get()).replaceAll(" "), place);
    }

    private Inline.Value say(String asked, Place place) {
        String[] parts = asked.split("\\|", 2);
        String expression = parts[0].strip();
        Form form = parts.length == 1 ? Form.PLAIN : form(parts[1].strip(), place);
        Optional<Values.Entry> entry = values.entry(expression);
        if (entry.isEmpty()) {
            problems.add(Problem.error(
                    "value-unknown",
                    place,
                    expression,
                    "`{{" + expression + "}}` asks for something the notice does not say",
                    Spelling.nearest(expression, values.expressions())
                            .map(nearest -> "did you mean `{{" + nearest + "}}`?")
                            .orElse("name a value of the rules, like `{{keeps.longest}}`")));
            return new Inline.Value(expression, "{{" + asked + "}}", List.of(), place);
        }
        missing.clear();
        String text = entry.get().say().apply(form);
        missing.stream().distinct().forEach(key -> wordMissing(key, place));
        boolean capital = entry.get().words() && !form.asIs() && soFar.atSentenceStart();
        return new Inline.Value(
                expression, capital ? phrases.capital(text) : text, entry.get().states(), place);
    }

    private Form form(String word, Place place) {
        Optional<Form> form = Form.parse(word);
        if (form.isEmpty()) {
            problems.add(Problem.error(
                    "value-form-unknown",
                    place,
                    "",
                    "`" + word + "` is no form of a value",
                    Spelling.suggest(word, Form.words())));
        }
        return form.orElse(Form.PLAIN);
    }

    private void wordMissing(String key, Place place) {
        if (!told.add(key)) {
            return;
        }
        boolean pattern = key.startsWith(Glossary.PATTERNS);
        String written = pattern ? key.substring(Glossary.PATTERNS.length()) : key;
        problems.add(Problem.error(
                "word-missing",
                place,
                key,
                "there are no words for `" + written + "` in this language",
                "add `" + written + ": …` under `" + (pattern ? "patterns" : "words") + ":` at the top of the file"));
    }

    void unsupported(Node node, String what) {
        unsupported(place(node), what);
    }

    void unsupported(Place place, String what) {
        problems.add(
                Problem.error(
                        "markup-unsupported",
                        place,
                        "",
                        "the prose holds " + what + ", which no page of it can show",
                        "write headings, paragraphs, lists, emphasis and links; a quotation right after a heading says its section in short"));
    }

    private Place place(Node node) {
        List<SourceSpan> spans = node.getSourceSpans();
        return spans.isEmpty()
                ? Place.of(problems.file())
                : new Place(
                        problems.file(),
                        linesBefore + spans.getFirst().getLineIndex() + 1,
                        spans.getFirst().getColumnIndex() + 1);
    }
}
