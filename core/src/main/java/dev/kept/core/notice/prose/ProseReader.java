package dev.kept.core.notice.prose;

import dev.kept.core.notice.Notice;
import dev.kept.core.source.Place;
import dev.kept.core.source.Problem;
import dev.kept.core.source.Problems;
import dev.kept.core.source.Reading;
import dev.kept.core.source.SourceText;
import dev.kept.core.wording.Wordings;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.Node;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/** Reads the prose of a notice in one language and fills in the values of its rules. */
public final class ProseReader {

    /** The deepest nesting of lists and quotes read. */
    private static final int MAX_BLOCK_DEPTH = 32;

    /** The deepest nesting of emphasis and links read. */
    private static final int MAX_INLINE_DEPTH = 32;

    private static final Pattern FILE = Pattern.compile("(?:.*/)?notice\\.([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\\.md");

    private ProseReader() {}

    /** The language that a file of prose is named after ({@code notice.de.md}); empty where it is no file of prose. */
    public static Optional<String> languageOf(String fileName) {
        Matcher matcher = FILE.matcher(fileName);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** The name of a language's file of prose. */
    public static String fileOf(String language) {
        return "notice." + language + ".md";
    }

    /**
     * Reads the prose. There is a value even where there are errors, so that {@link ProseCheck} can find the others; a value
     * that the rules do not have is left as written.
     */
    public static Reading<Prose> read(SourceText source, String language, Notice notice) {
        return read(source, language, notice, Wordings.NONE_OF_ITS_OWN);
    }

    /** @param wordings what the front matter need not say */
    public static Reading<Prose> read(SourceText source, String language, Notice notice, Wordings wordings) {
        Problems problems = new Problems(source.name());
        if (source.text().length() > SourceText.MAX_CHARACTERS) {
            problems.add(Problem.error(
                    "prose-too-large",
                    Place.of(source.name()),
                    "",
                    "the file has more than " + SourceText.MAX_CHARACTERS + " characters",
                    "say less"));
            return problems.reading(Optional.empty());
        }
        FrontMatter.Parts parts = FrontMatter.Parts.of(source.text());
        Glossary glossary = FrontMatter.read(source, parts, language, notice, wordings, problems);
        Node document = Parser.builder()
                .includeSourceSpans(IncludeSourceSpans.BLOCKS_AND_INLINES)
                .maxOpenBlockParsers(MAX_BLOCK_DEPTH)
                .maxInlineNesting(MAX_INLINE_DEPTH)
                .customInlineContentParserFactory(new Braces())
                .build()
                .parse(parts.body());
        SentenceBuilder sentences = new SentenceBuilder(notice, language, glossary, parts.bodyLine(), problems);
        List<Block> blocks = new BlockBuilder(sentences).blocks(document);
        Prose prose = new Prose(source.name(), language, glossary, blocks);
        Links.check(prose, problems);
        return problems.draft(Optional.of(prose));
    }
}
