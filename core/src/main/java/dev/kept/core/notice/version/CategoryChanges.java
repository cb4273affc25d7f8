package dev.kept.core.notice.version;

import dev.kept.core.notice.Category;
import dev.kept.core.notice.Notice;
import dev.kept.core.notice.version.Change.Reason;
import java.util.ArrayList;
import java.util.List;

/** Chapter 1: what is collected. */
final class CategoryChanges {

    private CategoryChanges() {}

    static List<Change> of(Notice before, Notice after) {
        List<Change> changes = new ArrayList<>();
        after.collects().values().forEach(now -> {
            Category then = before.collects().get(now.id());
            if (then == null) {
                changes.add(Change.of(now.path(), Reason.NEW_DATA, "is collected, and was not"));
            } else {
                changes.addAll(of(then, now));
            }
        });
        before.collects().values().stream()
                .filter(then -> !after.collects().containsKey(then.id()))
                .forEach(then ->
                        changes.add(Change.of(then.path(), Reason.NARROWER, "was collected, and is not any more")));
        return changes;
    }

    private static List<Change> of(Category then, Category now) {
        List<Change> changes = new ArrayList<>();
        more(changes, now.path() + ".from", then.sources(), now.sources());
        more(changes, now.path() + ".is", then.terms(), now.terms());
        if (!then.identifies() && now.identifies()) {
            changes.add(Change.of(
                    now.path() + ".identifies", Reason.NEW_DATA, "said of nobody by itself who it is, and now may"));
        }
        if (then.identifies() && !now.identifies()) {
            changes.add(Change.of(
                    now.path() + ".identifies", Reason.NARROWER, "says of nobody by itself who it is any more"));
        }
        if (then.refusableWithout().isPresent() && now.refusableWithout().isEmpty()) {
            changes.add(
                    Change.of(now.path() + ".refusable", Reason.WEAKER_RIGHT, "could be refused, and cannot any more"));
        } else if (!then.refusableWithout().equals(now.refusableWithout())) {
            changes.add(Change.of(
                    now.path() + ".refusable",
                    then.refusableWithout().isEmpty() ? Reason.NARROWER : Reason.WORDS,
                    then.refusableWithout().isEmpty() ? "can be refused" : "says otherwise what refusing costs"));
        }
        if (then.secret() != now.secret()) {
            changes.add(Change.of(
                    now.path() + ".secret",
                    now.secret() ? Reason.WEAKER_RIGHT : Reason.NARROWER,
                    now.secret() ? "is named, not handed out, on access" : "is handed out on access"));
        }
        return changes;
    }

    private static void more(List<Change> changes, String path, List<String> then, List<String> now) {
        List<String> added = Sets.gone(now, then);
        List<String> gone = Sets.gone(then, now);
        if (!added.isEmpty()) {
            changes.add(Change.of(path, Reason.NEW_DATA, "says " + Sets.quoted(added) + ", too"));
        }
        if (!gone.isEmpty()) {
            changes.add(Change.of(path, Reason.NARROWER, "does not say " + Sets.quoted(gone) + " any more"));
        }
    }
}
