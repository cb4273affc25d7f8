package dev.kept.core.notice.prose;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.ThematicBreak;

/** Turns parsed Markdown into the blocks of the prose: headings, what sections say in short, paragraphs, lists; nothing else is read. */
final class BlockBuilder {

    private final SentenceBuilder sentences;

    BlockBuilder(SentenceBuilder sentences) {
        this.sentences = sentences;
    }

    List<Block> blocks(Node parent) {
        List<Block> blocks = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNext()) {
            add(blocks, node);
        }
        return blocks;
    }

    private void add(List<Block> blocks, Node node) {
        switch (node) {
            case Heading heading -> {
                List<Sentence> all = sentences.of(heading);
                all.stream().findFirst().ifPresent(first -> blocks.add(new Block.Heading(heading.getLevel(), first)));
                all.stream()
                        .skip(1)
                        .forEach(second -> sentences.unsupported(second.place(), "text after the anchor of a heading"));
            }
            case Paragraph paragraph -> {
                List<Sentence> all = sentences.of(paragraph);
                if (!all.isEmpty()) {
                    blocks.add(new Block.Paragraph(all));
                }
            }
            case BulletList list -> blocks.add(new Block.Items(false, items(list)));
            case OrderedList list -> blocks.add(new Block.Items(true, items(list)));
            case BlockQuote quote
            when !blocks.isEmpty() && blocks.getLast() instanceof Block.Heading -> inShort(blocks, quote);
            case ThematicBreak line -> {}
            case HtmlBlock html when html.getLiteral().strip().startsWith("<!--") -> {}
            case HtmlBlock html -> sentences.unsupported(html, "HTML");
            case BlockQuote quote -> sentences.unsupported(quote, "a quotation that follows no heading");
            default -> sentences.unsupported(node, "a block of code");
        }
    }

    /** What a section says in short is one text, however many paragraphs the quotation has. */
    private void inShort(List<Block> blocks, BlockQuote quote) {
        List<Sentence> all = new ArrayList<>();
        for (Node node = quote.getFirstChild(); node != null; node = node.getNext()) {
            if (node instanceof Paragraph paragraph) {
                all.addAll(sentences.of(paragraph));
            } else {
                sentences.unsupported(node, "a quotation of more than text");
            }
        }
        if (!all.isEmpty()) {
            blocks.add(new Block.InShort(all));
        }
    }

    private List<List<Block>> items(Node list) {
        List<List<Block>> items = new ArrayList<>();
        for (Node item = list.getFirstChild(); item != null; item = item.getNext()) {
            items.add(blocks(item));
        }
        return items;
    }
}
