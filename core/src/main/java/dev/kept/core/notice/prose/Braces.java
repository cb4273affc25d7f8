package dev.kept.core.notice.prose;

import java.util.Optional;
import java.util.Set;
import org.commonmark.node.CustomNode;
import org.commonmark.parser.beta.InlineContentParser;
import org.commonmark.parser.beta.InlineContentParserFactory;
import org.commonmark.parser.beta.InlineParserState;
import org.commonmark.parser.beta.ParsedInline;
import org.commonmark.parser.beta.Position;
import org.commonmark.parser.beta.Scanner;

/** Finds <code>{{values}}</code> and <code>{#anchors}</code> in Markdown text. */
final class Braces implements InlineContentParserFactory {

    /** What stands in braces, without them. */
    static final class Mark extends CustomNode {
        final boolean anchor;
        private final Optional<String> content;

        /** @param content empty where the braces are not closed */
        Mark(boolean anchor, Optional<String> content) {
            this.anchor = anchor;
            this.content = content;
        }

        Optional<String> content() {
            return content;
        }
    }

    @Override
    public Set<Character> getTriggerCharacters() {
        return Set.of('{');
    }

    @Override
    public InlineContentParser create() {
        return Braces::parse;
    }

    private static ParsedInline parse(InlineParserState state) {
        Scanner scanner = state.scanner();
        scanner.next();
        boolean anchor = scanner.peek() == '#';
        if (!anchor && scanner.peek() != '{') {
            return ParsedInline.none();
        }
        scanner.next();
        Position begin = scanner.position();
        while (scanner.find('}') >= 0) {
            Position end = scanner.position();
            scanner.next();
            if (anchor || scanner.next('}')) {
                String content = scanner.getSource(begin, end).getContent().strip();
                return ParsedInline.of(new Mark(anchor, Optional.of(content)), scanner.position());
            }
        }
        return ParsedInline.of(new Mark(anchor, Optional.empty()), begin);
    }
}
