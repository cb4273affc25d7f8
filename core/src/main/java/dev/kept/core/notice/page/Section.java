package dev.kept.core.notice.page;

import dev.kept.core.notice.prose.Block;
import dev.kept.core.notice.prose.Prose;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A part of the page: a heading and what follows it, up to the next of its rank. What stands before the first is a section without
 * heading.
 *
 * @param id by which links arrive; the same in every language, as long as the languages have the same sections
 */
record Section(Optional<Block.Heading> heading, String id, List<Block> blocks, List<Section> parts) {

    private static final int CHAPTER = 2;
    private static final int PART = 3;

    /** The page as chapters (headings of rank 2 and above), each with its parts (rank 3). */
    static List<Section> of(Prose prose, SentenceIds ids) {
        List<Section> chapters = new ArrayList<>();
        for (List<Block> chapter : split(prose.blocks(), CHAPTER)) {
            String number = "section-" + chapters.size();
            List<List<Block>> parts =
                    split(chapter.subList(heading(chapter).isPresent() ? 1 : 0, chapter.size()), PART);
            List<Section> further = new ArrayList<>();
            for (List<Block> part : parts.subList(1, parts.size())) {
                further.add(section(part, number + "." + (further.size() + 1), ids, List.of()));
            }
            List<Block> own = new ArrayList<>();
            heading(chapter).ifPresent(own::add);
            own.addAll(parts.getFirst());
            chapters.add(section(own, number, ids, further));
        }
        return chapters;
    }

    private static Section section(List<Block> blocks, String number, SentenceIds ids, List<Section> parts) {
        Optional<Block.Heading> heading = heading(blocks);
        String id = heading.map(Block.Heading::sentence)
                .map(ids::of)
                .filter(name -> !name.isEmpty())
                .orElse(number);
        return new Section(heading, id, blocks.subList(heading.isPresent() ? 1 : 0, blocks.size()), parts);
    }

    /** The blocks in groups; each but the first begins with a heading of the rank or above. The title begins none. */
    private static List<List<Block>> split(List<Block> blocks, int rank) {
        List<List<Block>> groups = new ArrayList<>(List.of(new ArrayList<>()));
        for (Block block : blocks) {
            if (block instanceof Block.Heading heading && heading.level() > 1 && heading.level() <= rank) {
                groups.add(new ArrayList<>());
            }
            groups.getLast().add(block);
        }
        return groups;
    }

    private static Optional<Block.Heading> heading(List<Block> blocks) {
        return blocks.stream()
                .findFirst()
                .filter(Block.Heading.class::isInstance)
                .map(Block.Heading.class::cast)
                .filter(heading -> heading.level() > 1);
    }
}
