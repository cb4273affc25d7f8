package dev.kept.core.notice.page;

import dev.kept.core.notice.prose.Block;
import dev.kept.core.notice.prose.Inline;
import dev.kept.core.notice.prose.LineEnds;
import dev.kept.core.notice.prose.Phrases;
import dev.kept.core.notice.prose.Prose;
import dev.kept.core.notice.prose.Sentence;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The notice in one language as Markdown (CommonMark), values filled in; a paragraph is one line. */
public final class NoticeMarkdown {

    /** What could mean something to Markdown anywhere in a line. */
    private static final Pattern SPECIAL = Pattern.compile("[\\\\`*_\\[\\]<>&~|{}]");

    /** What means something only where a line begins. */
    private static final Pattern AT_BEGIN = Pattern.compile("^(?:([-+#=])|(\\d{1,9})([.)]))(?=\\s|$)");

    private static final Pattern BACKTICKS = Pattern.compile("`+");

    private final Phrases phrases;
    private final StringBuilder text = new StringBuilder();

    private NoticeMarkdown(Prose prose) {
        this.phrases = prose.phrases();
    }

    public static String of(Prose prose, Edition edition) {
        NoticeMarkdown markdown = new NoticeMarkdown(prose);
        markdown.blocks(prose.blocks(), "", "");
        markdown.edition(edition);
        return markdown.text.toString();
    }

    private void edition(Edition edition) {
        text.append("\n---\n\n");
        edition.version()
                .ifPresentOrElse(
                        version -> text.append(escaped(phrases.page(
                                        "version",
                                        Map.of("version", version.label(), "date", phrases.date(version.inForce())))))
                                .append("\n\n")
                                .append(escaped(phrases.page("hash", Map.of("hash", version.hash()))))
                                .append("\n"),
                        () -> text.append(escaped(phrases.page("draft"))).append("\n"));
    }

    /**
     * @param first what stands before the first line
     * @param indent what stands before the others
     */
    private void blocks(List<Block> blocks, String first, String indent) {
        String before = first;
        for (Block block : blocks) {
            if (!text.isEmpty()) {
                text.append("\n");
            }
            block(block, before, indent);
            before = indent;
        }
    }

    private void block(Block block, String first, String indent) {
        switch (block) {
            case Block.Heading heading ->
                text.append(first)
                        .append("#".repeat(heading.level()))
                        .append(" ")
                        .append(inlines(heading.sentence().flowing()).replace("\n", " "))
                        .append("\n");
            case Block.Paragraph paragraph -> lines(joined(paragraph.sentences()), first, indent);
            case Block.InShort inShort -> {
                String words = "**" + escaped(phrases.page("in-short")) + "** ";
                lines(words + joined(inShort.sentences()), first + "> ", indent + "> ");
            }
            case Block.Items items -> {
                int number = 1;
                for (List<Block> item : items.items()) {
                    String mark = items.numbered() ? number + ". " : "- ";
                    if (number > 1) {
                        text.append("\n");
                    }
                    item(item, indent + mark, indent + " ".repeat(mark.length()));
                    number++;
                }
            }
        }
    }

    private void item(List<Block> blocks, String first, String indent) {
        String before = first;
        for (Block block : blocks) {
            if (before.equals(indent)) {
                text.append("\n");
            }
            block(block, before, indent);
            before = indent;
        }
    }

    private void lines(String words, String first, String indent) {
        text.append(first).append(words.replace("\n", "\n" + indent)).append("\n");
    }

    private static String joined(List<Sentence> sentences) {
        StringBuilder joined = new StringBuilder();
        for (Sentence sentence : sentences) {
            joined.append(LineEnds.between(joined.toString(), sentence.plain())).append(inlines(sentence.flowing()));
        }
        return AT_BEGIN.matcher(joined).replaceFirst(match -> match.group(1) != null ? "\\\\$1" : "$2\\\\$3");
    }

    private static String inlines(List<Inline> inlines) {
        StringBuilder words = new StringBuilder();
        for (Inline inline : inlines) {
            words.append(
                    switch (inline) {
                        case Inline.Text said -> escaped(said.text());
                        case Inline.Value value -> escaped(value.text());
                        case Inline.Code code -> code(code.text());
                        case Inline.LineBreak end -> end.hard() ? "\\\n" : " ";
                        case Inline.Strong strong -> "**" + inlines(strong.content()) + "**";
                        case Inline.Emphasis emphasis -> "*" + inlines(emphasis.content()) + "*";
                        // a reader of Markdown makes names of headings its own way: a link within the page would be
                        // dead
                        case Inline.Link link when link.destination().startsWith("#") -> inlines(link.content());
                        case Inline.Link link ->
                            "[" + inlines(link.content()) + "](" + destination(link.destination()) + ")";
                    });
        }
        return words.toString();
    }

    private static String escaped(String words) {
        return SPECIAL.matcher(words).replaceAll("\\\\$0");
    }

    /** A fence longer than any run of backticks within. */
    private static String code(String code) {
        int longest = BACKTICKS
                .matcher(code)
                .results()
                .mapToInt(run -> run.end() - run.start())
                .max()
                .orElse(0);
        String fence = "`".repeat(longest + 1);
        String pad = longest > 0 ? " " : "";
        return fence + pad + code + pad + fence;
    }

    private static String destination(String address) {
        return address.matches("[^\\s()<>\\\\]*") ? address : "<" + address.replaceAll("[<>\\\\]", "\\\\$0") + ">";
    }
}
