package dev.kept.core.letter;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A letter as plain text. */
final class PlainLetter {

    private PlainLetter() {}

    static String of(List<Part> parts, Filled filled) {
        return String.join("\n", lines(parts, filled)) + "\n";
    }

    private static List<String> lines(List<Part> parts, Filled filled) {
        List<String> lines = new ArrayList<>();
        for (Part part : parts) {
            if (!lines.isEmpty()) {
                lines.add("");
            }
            lines.addAll(lines(part, filled));
        }
        return lines;
    }

    private static List<String> lines(Part part, Filled filled) {
        return switch (part) {
            case Part.Paragraph(List<Span> spans) -> line(spans, filled).lines().toList();
            case Part.Heading(List<Span> spans) -> line(spans, filled).lines().toList();
            case Part.Items items -> items(items, filled);
            // what somebody else wrote is told from our own words at each line's beginning
            case Part.Quote(List<Part> quoted) ->
                lines(quoted, filled).stream()
                        .map(line -> line.isEmpty() ? ">" : "> " + line)
                        .toList();
            case Part.Line line -> List.of("--------");
        };
    }

    private static List<String> items(Part.Items items, Filled filled) {
        List<String> lines = new ArrayList<>();
        int number = 1;
        for (List<Part> item : items.items()) {
            String mark = items.numbered() ? number++ + ". " : "- ";
            String indent = " ".repeat(mark.length());
            for (String line : lines(item, filled)) {
                lines.add((mark + line).stripTrailing());
                mark = indent;
            }
        }
        return lines;
    }

    static String line(List<Span> spans, Filled filled) {
        return spans.stream().map(span -> line(span, filled)).collect(Collectors.joining());
    }

    private static String line(Span span, Filled filled) {
        return switch (span) {
            case Span.Words(String words) -> words;
            case Span.Place(String slot) -> filled.text(slot);
            case Span.Strong(List<Span> inner) -> line(inner, filled);
            case Span.Emphasis(List<Span> inner) -> line(inner, filled);
            case Span.Link(String slot, List<Span> inner) ->
                linked(line(inner, filled), filled.address(slot).toString());
            case Span.Break broken -> "\n";
        };
    }

    private static String linked(String words, String address) {
        return words.equals(address) ? address : words + ":\n" + address;
    }
}
