package dev.kept.core.notice.version;

import dev.kept.core.notice.Notice;
import dev.kept.core.notice.version.Change.Reason;
import java.util.ArrayList;
import java.util.List;

/** Who is responsible, what is covered, how to write to them. */
final class CoverChanges {

    private CoverChanges() {}

    static List<Change> of(Notice before, Notice after) {
        List<Change> changes = new ArrayList<>();
        text(
                changes,
                "controller.name",
                Reason.NEW_CONTROLLER,
                before.controller().name(),
                after.controller().name());
        text(
                changes,
                "controller.email",
                Reason.WORDS,
                before.controller().email(),
                after.controller().email());
        text(
                changes,
                "controller.post",
                Reason.WORDS,
                before.controller().post(),
                after.controller().post());
        text(
                changes,
                "controller.zone",
                Reason.WORDS,
                before.controller().zone().getId(),
                after.controller().zone().getId());
        covers(changes, "covers.sites", before.covers().sites(), after.covers().sites());
        covers(
                changes,
                "covers.services",
                before.covers().services(),
                after.covers().services());
        covers(changes, "covers.also", before.covers().also(), after.covers().also());
        text(
                changes,
                "contact.email",
                Reason.WORDS,
                before.contact().email(),
                after.contact().email());
        text(
                changes,
                "contact.post",
                Reason.WORDS,
                before.contact().post(),
                after.contact().post());
        return changes;
    }

    private static void text(List<Change> changes, String path, Reason reason, String before, String after) {
        if (!before.equals(after)) {
            changes.add(Change.of(path, reason, "was `" + before + "`, is `" + after + "`"));
        }
    }

    /** On what is not covered any more people are promised nothing. */
    private static void covers(List<Change> changes, String path, List<String> before, List<String> after) {
        Sets.gone(before, after)
                .forEach(gone ->
                        changes.add(Change.of(path, Reason.COVERS_LESS, "`" + gone + "` is not covered any more")));
        Sets.gone(after, before)
                .forEach(more -> changes.add(Change.of(path, Reason.COVERS_MORE, "`" + more + "` is covered, too")));
    }
}
