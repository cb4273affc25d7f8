package dev.kept.core.lifecycle;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.datamap.Link;
import dev.kept.core.datamap.Table;
import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.DatedUses.Dated;
import dev.kept.core.lifecycle.EventSources.Dating;
import dev.kept.core.notice.Use;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where rows could wait for each other for ever: a row without which a use of another would not be known ended goes with that one, and cannot
 * if it dates a second one so, or if others of its table hang on it.
 */
final class SharedClocks {

    private final BoundStore store;
    private final Datings datings;

    SharedClocks(BoundStore store, Datings datings) {
        this.store = store;
        this.datings = datings;
    }

    /** A refusal: of which table, why, and what to try. */
    record Refused(TableName table, String message, String attempt) {}

    /** Each once, in the order of the map. */
    List<Refused> refused() {
        List<Dating> losing = datings.all().stream()
                .filter(dating -> losing(dating).isPresent())
                .toList();
        List<Refused> refused = new ArrayList<>();
        Set<Set<Dating>> pairs = new HashSet<>();
        for (Dating dating : losing) {
            Optional<Dating> other = losing.stream()
                    .filter(second -> !second.equals(dating) && waitsFor(dating, second))
                    .findFirst();
            if (other.isPresent()) {
                if (pairs.add(Set.of(dating, other.get()))) {
                    refused.add(ofTwo(dating, other.get()));
                }
            } else {
                dating.path().stream()
                        .flatMap(link -> holdingItself(link.from()).stream())
                        .findFirst()
                        .ifPresent(link -> refused.add(hanging(dating, link)));
            }
        }
        return refused;
    }

    /** A use that would not be known ended without the dating row. */
    private Optional<Use> losing(Dating dating) {
        return datings.uses(dating).stream()
                .filter(asking -> datings.lost(dating, asking))
                .map(Dated::use)
                .findFirst();
    }

    private Refused ofTwo(Dating one, Dating other) {
        String uses = Stream.of(one, other).map(this::use).distinct().collect(Collectors.joining(" and "));
        String message = "a row of `" + other.from().name() + "` may be the last to say when `"
                + other.event().name() + "` was for two rows, of " + way(one) + " and of " + way(other)
                + ", and nothing else says when " + uses + " ended for them: neither could go before the other";
        boolean chosen = !one.to().equals(other.to());
        return new Refused(
                other.from().name(),
                message,
                attempt(one) + (chosen ? "; or take one of the two out of `dates:`" : ""));
    }

    private Refused hanging(Dating dating, Link link) {
        String message = "rows of `" + link.from() + "` hang on each other (`" + String.join(", ", link.columns())
                + "`) as long as they are there, and a row of `" + dating.from().name()
                + "` may be the last to say when `" + dating.event().name() + "` was for a row of `" + dating.to()
                + "`, where nothing else says when " + use(dating) + " ended: two could wait for each other";
        boolean branch = store.table(link.from()).parent().filter(link::equals).isPresent();
        return new Refused(
                dating.from().name(),
                message,
                attempt(dating)
                        + (branch
                                ? "; or say `replies: {delete: author}`"
                                : link.mandatory()
                                        ? "; or let `" + String.join(", ", link.columns()) + "` be NULL"
                                        : ""));
    }

    private static String way(Dating dating) {
        return "`" + dating.to() + "` (by `"
                + String.join(
                        "`, `",
                        dating.path().stream()
                                .map(link -> link.from() + "." + String.join(", ", link.columns()))
                                .toList())
                + "`)";
    }

    private String use(Dating dating) {
        return "`uses." + losing(dating).orElseThrow().id() + "`";
    }

    private String attempt(Dating dating) {
        Use use = losing(dating).orElseThrow();
        return dating.event().earliest()
                ? "let the latest count: take `take: earliest` from `"
                        + dating.event().name() + "`"
                : "let `uses." + use.id() + "` fall back on a date of `" + dating.to()
                        + "` that is never absent (`{after: "
                        + dating.event().name() + ", else: …}`, a NOT NULL column), or, if it never began where `"
                        + use.begin().orElse(dating.event().name())
                        + "` is absent, say `absent: never` where the map maps that event";
    }

    /** Whether a row on the one's way dates, by the other, something that does not lie on this way. */
    private static boolean waitsFor(Dating one, Dating other) {
        for (int at = 0; at < one.path().size(); at++) {
            List<Link> onward = one.path().subList(at, one.path().size());
            if (onward.getFirst().from().equals(other.from().name()) && apart(onward, other.path())) {
                return true;
            }
        }
        return false;
    }

    private static boolean apart(List<Link> one, List<Link> other) {
        int shorter = Math.min(one.size(), other.size());
        return !one.subList(0, shorter).equals(other.subList(0, shorter));
    }

    /** By which link emptied rows of the table go on referring to others of it: one that cannot be cut, to an owner, or to the stem of a branch. */
    private Optional<Link> holdingItself(TableName name) {
        BoundTable table = store.table(name);
        boolean branch = table.map().replies().filter(Table.Replies::branch).isPresent();
        return table.links().stream()
                .filter(link -> link.to().equals(name))
                .filter(link -> link.mandatory()
                        || (branch && table.parent().filter(link::equals).isPresent())
                        || table.roles().stream()
                                .anyMatch(role -> !role.path().isEmpty()
                                        && role.path().getFirst().equals(link)))
                .findFirst();
    }
}
