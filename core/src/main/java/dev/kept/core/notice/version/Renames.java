package dev.kept.core.notice.version;

import dev.kept.core.notice.Cookie;
import dev.kept.core.notice.End;
import dev.kept.core.notice.Notice;
import dev.kept.core.notice.Share;
import dev.kept.core.notice.Use;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A notice as if its uses had always been called what a later version calls them: else a new name would be a new use, and what was dated
 * before it would end.
 */
final class Renames {

    private static final List<String> EVENTS_OF_USES = List.of(".given", ".withdrawn", ".objected");

    private final Map<String, String> newNames = new LinkedHashMap<>();

    /** @param renamed former ids by new ids */
    private Renames(Map<String, String> renamed) {
        renamed.forEach((is, was) -> newNames.put(was, is));
    }

    static Notice apply(Notice before, Map<String, String> renamed) {
        return renamed.isEmpty() ? before : new Renames(renamed).apply(before);
    }

    /** New uses that use what a use used that is gone, on the same basis: perhaps the same under another name. Former ids by new ids. */
    static Map<String, String> guesses(Notice before, Notice after) {
        Map<String, String> guesses = new LinkedHashMap<>();
        for (Use now : after.uses().values()) {
            if (!before.uses().containsKey(now.id())) {
                before.uses().values().stream()
                        .filter(then -> !after.uses().containsKey(then.id()))
                        .filter(then ->
                                then.basis() == now.basis() && then.data().equals(now.data()))
                        .findFirst()
                        .ifPresent(then -> guesses.put(now.id(), then.id()));
            }
        }
        return guesses;
    }

    private Notice apply(Notice before) {
        Map<String, Use> uses = new LinkedHashMap<>();
        before.uses().values().forEach(use -> uses.put(now(use.id()), named(use)));
        Map<String, Share> shares = new LinkedHashMap<>();
        before.shares().forEach((id, share) -> shares.put(id, named(share)));
        Map<String, Cookie> cookies = new LinkedHashMap<>();
        before.cookies()
                .forEach((id, cookie) ->
                        cookies.put(id, new Cookie(cookie.id(), now(cookie.group()), cookie.lasts(), cookie.by())));
        return new Notice(
                before.name(),
                before.languages(),
                before.controller(),
                before.covers(),
                before.collects(),
                uses,
                shares,
                before.never(),
                cookies,
                before.keeps(),
                before.signals(),
                before.contact(),
                before.rights());
    }

    private String now(String id) {
        return newNames.getOrDefault(id, id);
    }

    private Use named(Use use) {
        String id = now(use.id());
        String path = use.path().substring(0, use.path().length() - use.id().length()) + id;
        return new Use(
                id,
                path,
                use.basis(),
                use.interest(),
                use.purposes(),
                use.data(),
                use.begins().map(this::event),
                use.ends().stream().map(this::named).toList(),
                use.onRequest(),
                use.whiles(),
                use.directMarketing(),
                use.anonymisedAtLeast(),
                use.law(),
                use.duty(),
                use.past());
    }

    private End named(End end) {
        return switch (end) {
            case End.Clause clause -> named(clause);
            case End.LastOf lastOf ->
                new End.LastOf(lastOf.clauses().stream().map(this::named).toList());
        };
    }

    private End.Clause named(End.Clause clause) {
        return new End.Clause(
                clause.events().stream().map(this::event).toList(),
                clause.span(),
                clause.endOfYear(),
                clause.renews(),
                clause.window());
    }

    /** Consents and objections are events that go by their use's name. */
    private String event(String event) {
        Optional<String> kind = EVENTS_OF_USES.stream().filter(event::endsWith).findFirst();
        return kind.map(end -> now(event.substring(0, event.length() - end.length())) + end)
                .orElse(event);
    }

    private Share named(Share share) {
        List<String> uses = new ArrayList<>();
        share.uses().forEach(id -> uses.add(now(id)));
        return new Share(
                share.id(),
                share.kind(),
                uses,
                share.data(),
                share.contract(),
                share.country(),
                share.safeguard(),
                share.through(),
                share.honoursNotice());
    }
}
