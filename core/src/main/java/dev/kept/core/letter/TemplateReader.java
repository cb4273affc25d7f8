package dev.kept.core.letter;

import dev.kept.core.source.Place;
import dev.kept.core.source.Problem;
import dev.kept.core.source.Problems;
import dev.kept.core.source.Reading;
import dev.kept.core.source.SourceText;
import dev.kept.core.source.Spelling;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.Node;
import org.commonmark.node.SourceSpan;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;
import org.jspecify.annotations.Nullable;

/**
 * Reads a template: {@code Subject: …} on its first line, then Markdown (CommonMark) of paragraphs, lists, quotations, headings and links whose
 * address is a place. {@code {{name}}} is a place; there is nothing else that a template can do.
 */
public final class TemplateReader {

    /** The largest template, in characters. */
    public static final int MOST_CHARACTERS = 20_000;

    /** How the first line begins of a template that waits to be translated. */
    static final String UNTRANSLATED = "To translate:";

    private static final String SUBJECT = "Subject:";
    private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z][a-z-]{0,40})}}");
    private static final Parser PARSER = Parser.builder()
            .includeSourceSpans(IncludeSourceSpans.BLOCKS_AND_INLINES)
            .build();

    private final LetterKind kind;
    private final Problems problems;
    private final Set<String> used = new TreeSet<>();
    private int line = 1;

    private TemplateReader(LetterKind kind, String file) {
        this.kind = kind;
        this.problems = new Problems(file);
    }

    public static Reading<LetterTemplate> read(SourceText file, LetterKind kind, String language) {
        return new TemplateReader(kind, file.name()).read(file.text(), language);
    }

    private Reading<LetterTemplate> read(String text, String language) {
        if (text.length() > MOST_CHARACTERS) {
            error("letter-too-long", "a template has at most " + MOST_CHARACTERS + " characters", "say it shorter");
            return problems.reading(Optional.empty());
        }
        String lines = text.replace("\r\n", "\n");
        int end = lines.indexOf('\n');
        String first = end < 0 ? lines : lines.substring(0, end);
        if (first.startsWith(UNTRANSLATED)) {
            error(
                    "letter-untranslated",
                    "this letter is still to be translated into `" + language + "`",
                    "translate it, and let its first line begin with `" + SUBJECT + "`");
            return problems.reading(Optional.empty());
        }
        if (!first.startsWith(SUBJECT) || first.substring(SUBJECT.length()).isBlank()) {
            error("letter-no-subject", "the first line is no `Subject: …`", "begin with the letter's subject");
        }
        List<Span> subject = spans(first.replaceFirst("^" + SUBJECT, "").strip());
        List<Part> parts = new Body().parts(PARSER.parse(end < 0 ? "" : lines.substring(end + 1)));
        if (parts.isEmpty()) {
            error("letter-empty", "there is no text below the subject", "leave a line empty and write it there");
        }
        line = 0;
        kind.slots().values().stream()
                .filter(slot -> slot.needed() && !used.contains(slot.name()))
                .forEach(slot -> error(
                        "letter-without-place",
                        "a letter `" + kind.word() + "` says nothing without `{{" + slot.name() + "}}`",
                        slot.shape() == Shape.LINK
                                ? "put [words]({{" + slot.name() + "}}) where it belongs"
                                : "put {{" + slot.name() + "}} where it belongs"));
        return problems.reading(
                problems.failed() ? Optional.empty() : Optional.of(new LetterTemplate(kind, language, subject, parts)));
    }

    private void error(String code, String message, String attempt) {
        problems.add(Problem.error(
                code,
                line == 0 ? Place.of(problems.file()) : new Place(problems.file(), line, 1),
                "mail." + kind.word(),
                message,
                attempt));
    }

    /** Words and places; a place for an address stands in a link only. */
    private List<Span> spans(String text) {
        List<Span> spans = new ArrayList<>();
        Matcher place = PLACE.matcher(text);
        int from = 0;
        while (place.find()) {
            words(text.substring(from, place.start()), spans);
            slot(place.group(1), spans);
            from = place.end();
        }
        words(text.substring(from), spans);
        return spans;
    }

    private void words(String words, List<Span> spans) {
        if (words.contains("{{") || words.contains("}}")) {
            error(
                    "letter-braces",
                    "`{{` and `}}` stand around a name and nowhere else",
                    "write {{name}}, of letters and `-`");
        }
        if (!words.isEmpty()) {
            spans.add(new Span.Words(words));
        }
    }

    private void slot(String name, List<Span> spans) {
        Slot slot = known(name);
        if (slot == null) {
            return;
        }
        if (slot.shape() == Shape.LINK) {
            error("letter-bare-link", "`{{" + name + "}}` is an address", "write [words]({{" + name + "}})");
            return;
        }
        spans.add(new Span.Place(name));
    }

    private @Nullable Slot known(String name) {
        Slot slot = kind.slots().get(name);
        if (slot == null) {
            error(
                    "letter-unknown-place",
                    "a letter `" + kind.word() + "` has no `{{" + name + "}}`",
                    Spelling.suggest(name, List.copyOf(kind.slots().keySet())));
        } else {
            used.add(name);
        }
        return slot;
    }

    private String address(String destination) {
        Matcher place = PLACE.matcher(destination);
        if (!place.matches()) {
            error(
                    "letter-foreign-link",
                    "a link in a letter leads to a place, as in [words]({{link}}), and nowhere else",
                    "take the address out");
            return "";
        }
        Slot slot = known(place.group(1));
        if (slot != null && slot.shape() != Shape.LINK) {
            error("letter-no-address", "`{{" + slot.name() + "}}` is no address", "write it as text");
        }
        return place.group(1);
    }

    /** The Markdown, as parts. */
    private final class Body {

        List<Part> parts(Node parent) {
            List<Part> parts = new ArrayList<>();
            for (Node node = parent.getFirstChild(); node != null; node = node.getNext()) {
                at(node);
                part(node).ifPresent(parts::add);
            }
            return parts;
        }

        private Optional<Part> part(Node node) {
            if (node instanceof org.commonmark.node.Paragraph) {
                return Optional.of(new Part.Paragraph(inline(node)));
            }
            if (node instanceof org.commonmark.node.Heading) {
                return Optional.of(new Part.Heading(inline(node)));
            }
            if (node instanceof org.commonmark.node.BlockQuote) {
                return Optional.of(new Part.Quote(parts(node)));
            }
            if (node instanceof org.commonmark.node.ThematicBreak) {
                return Optional.of(new Part.Line());
            }
            if (node instanceof org.commonmark.node.ListBlock) {
                return Optional.of(list(node));
            }
            notInLetters();
            return Optional.empty();
        }

        private Part list(Node list) {
            List<List<Part>> items = new ArrayList<>();
            for (Node item = list.getFirstChild(); item != null; item = item.getNext()) {
                items.add(parts(item));
            }
            return new Part.Items(list instanceof org.commonmark.node.OrderedList, items);
        }

        private List<Span> inline(Node parent) {
            List<Span> spans = new ArrayList<>();
            StringBuilder text = new StringBuilder();
            for (Node node = parent.getFirstChild(); node != null; node = node.getNext()) {
                at(node);
                if (node instanceof org.commonmark.node.Text words) {
                    text.append(words.getLiteral());
                    continue;
                }
                if (node instanceof org.commonmark.node.SoftLineBreak) {
                    text.append(joins(text) ? "" : " ");
                    continue;
                }
                spans.addAll(spans(text.toString()));
                text.setLength(0);
                span(node).ifPresent(spans::add);
            }
            spans.addAll(spans(text.toString()));
            return spans;
        }

        /** Chinese has no blank where a line ends. */
        private static boolean joins(StringBuilder text) {
            return !text.isEmpty()
                    && Character.UnicodeScript.of(text.codePointBefore(text.length())) == Character.UnicodeScript.HAN;
        }

        private Optional<Span> span(Node node) {
            if (node instanceof org.commonmark.node.StrongEmphasis) {
                return Optional.of(new Span.Strong(inline(node)));
            }
            if (node instanceof org.commonmark.node.Emphasis) {
                return Optional.of(new Span.Emphasis(inline(node)));
            }
            if (node instanceof org.commonmark.node.Link link) {
                return Optional.of(new Span.Link(address(link.getDestination()), inline(node)));
            }
            if (node instanceof org.commonmark.node.HardLineBreak) {
                return Optional.of(new Span.Break());
            }
            notInLetters();
            return Optional.empty();
        }

        private void notInLetters() {
            error(
                    "letter-markup",
                    "a letter is of paragraphs, lists, quotations, headings and links: no HTML, images or code",
                    "take it out");
        }

        /** Problems stand where their node begins; the subject is the first line. */
        private void at(Node node) {
            List<SourceSpan> where = node.getSourceSpans();
            if (!where.isEmpty()) {
                line = where.getFirst().getLineIndex() + 2;
            }
        }
    }
}
