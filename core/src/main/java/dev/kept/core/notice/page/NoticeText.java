package dev.kept.core.notice.page;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.util.ULocale;
import dev.kept.core.notice.prose.Block;
import dev.kept.core.notice.prose.Inline;
import dev.kept.core.notice.prose.LineEnds;
import dev.kept.core.notice.prose.Phrases;
import dev.kept.core.notice.prose.Prose;
import dev.kept.core.notice.prose.Sentence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The notice in one language as plain text, wrapped for a page of 76 columns; a Chinese character fills two. */
public final class NoticeText {

    private static final int WIDTH = 76;
    private static final String INDENT = "  ";

    private static final Pattern LETTER_AND_HYPHEN = Pattern.compile("\\W?\\p{L}-");

    private final Phrases phrases;
    private final ULocale locale;
    private final StringBuilder text = new StringBuilder();

    private NoticeText(Prose prose) {
        this.phrases = prose.phrases();
        this.locale = ULocale.forLanguageTag(prose.language());
    }

    public static String of(Prose prose, Edition edition) {
        NoticeText text = new NoticeText(prose);
        prose.blocks().forEach(block -> text.block(block, "", ""));
        text.edition(edition);
        return text.text.toString();
    }

    private void edition(Edition edition) {
        text.append("\n").append("-".repeat(WIDTH)).append("\n");
        edition.version()
                .ifPresentOrElse(
                        version -> {
                            wrap(
                                    phrases.page(
                                            "version",
                                            Map.of(
                                                    "version",
                                                    version.label(),
                                                    "date",
                                                    phrases.date(version.inForce()))),
                                    "",
                                    "");
                            wrap(phrases.page("hash", Map.of("hash", version.hash())), "", "");
                        },
                        () -> wrap(phrases.page("draft"), "", ""));
    }

    /**
     * @param first what stands before the block's first line
     * @param indent what stands before its others
     */
    private void block(Block block, String first, String indent) {
        switch (block) {
            case Block.Heading heading -> heading(heading);
            case Block.Paragraph paragraph -> {
                separate(first.equals(indent));
                wrap(joined(paragraph.sentences()), first, indent);
            }
            case Block.InShort inShort -> {
                separate(true);
                String words = phrases.page("in-short");
                String said = joined(inShort.sentences());
                String colon = LineEnds.between(words, said).isEmpty() ? "：" : ": ";
                wrap(words + colon + said, INDENT, INDENT);
            }
            case Block.Items items -> items(items, indent);
        }
    }

    private void heading(Block.Heading heading) {
        boolean title = heading.level() == 1;
        text.append(text.isEmpty() ? "" : heading.level() == 2 ? "\n\n" : "\n");
        String plain = flow(heading.sentence());
        wrap(plain, "", "");
        if (heading.level() <= 2) {
            text.append((title ? "=" : "-").repeat(Math.min(WIDTH, columns(plain))))
                    .append("\n");
        }
    }

    private void items(Block.Items items, String indent) {
        int number = 1;
        for (List<Block> item : items.items()) {
            String mark = items.numbered() ? number + ". " : "- ";
            String deeper = indent + " ".repeat(mark.length());
            for (int i = 0; i < item.size(); i++) {
                block(item.get(i), i == 0 ? indent + mark : deeper, deeper);
            }
            number++;
        }
    }

    /** A blank line before what begins anew; an item follows its list's former one after a blank line, too. */
    private void separate(boolean always) {
        if (!text.isEmpty() && (always || !text.toString().endsWith("\n\n"))) {
            text.append("\n");
        }
    }

    private static String joined(List<Sentence> sentences) {
        StringBuilder joined = new StringBuilder();
        for (Sentence sentence : sentences) {
            String plain = flow(sentence);
            joined.append(LineEnds.between(joined.toString(), plain)).append(plain);
        }
        return joined.toString();
    }

    /** Its words; behind the words of a link the address, where they do not say it themselves. */
    private static String flow(Sentence sentence) {
        StringBuilder words = new StringBuilder();
        flow(sentence.flowing(), words);
        return words.toString();
    }

    private static void flow(List<Inline> inlines, StringBuilder words) {
        for (Inline inline : inlines) {
            switch (inline) {
                case Inline.Text said -> words.append(said.text());
                case Inline.Value value -> words.append(value.text());
                case Inline.Code code -> words.append(code.text());
                case Inline.LineBreak end -> words.append("\n");
                case Inline.Strong strong -> flow(strong.content(), words);
                case Inline.Emphasis emphasis -> flow(emphasis.content(), words);
                case Inline.Link link -> {
                    flow(link.content(), words);
                    String address = link.destination().replaceFirst("^(mailto|tel):", "");
                    if (!address.startsWith("#") && !words.toString().endsWith(address)) {
                        words.append(" <").append(address).append(">");
                    }
                }
            }
        }
    }

    private void wrap(String words, String first, String indent) {
        String before = first;
        for (String line : words.split("\n", -1)) {
            wrapLine(line, before, indent);
            before = indent;
        }
    }

    private void wrapLine(String words, String first, String indent) {
        StringBuilder line = new StringBuilder(first);
        for (String piece : pieces(words)) {
            if (columns(line.toString()) + columns(piece.stripTrailing()) > WIDTH
                    && !line.toString().isBlank()) {
                text.append(line.toString().stripTrailing()).append("\n");
                line = new StringBuilder(indent);
            }
            line.append(piece);
        }
        text.append(line.toString().stripTrailing()).append("\n");
    }

    /** What stays together on a line (Unicode Standard Annex 14), and whole addresses, and what one letter and a hyphen begin ("E-Mail"). */
    private List<String> pieces(String words) {
        BreakIterator places = BreakIterator.getLineInstance(locale);
        places.setText(words);
        List<String> pieces = new ArrayList<>();
        StringBuilder piece = new StringBuilder();
        int begin = 0;
        for (int end = places.next(); end != BreakIterator.DONE; end = places.next()) {
            piece.append(words, begin, end);
            begin = end;
            boolean withinAddress = piece.lastIndexOf("<") > piece.lastIndexOf(">");
            if (!withinAddress && !LETTER_AND_HYPHEN.matcher(piece).matches()) {
                pieces.add(piece.toString());
                piece.setLength(0);
            }
        }
        pieces.add(piece.toString());
        return pieces;
    }

    /** How many columns of a terminal the text fills (Unicode Standard Annex 11). */
    private static int columns(String text) {
        return text.codePoints()
                .map(c -> switch (UCharacter.getIntPropertyValue(c, UProperty.EAST_ASIAN_WIDTH)) {
                    case UCharacter.EastAsianWidth.WIDE, UCharacter.EastAsianWidth.FULLWIDTH -> 2;
                    default -> 1;
                })
                .sum();
    }
}
