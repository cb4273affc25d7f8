package dev.kept.core.notice;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a notice promises, as paths: {@code docs/notice-format.md}, "Prose". */
public final class Promises {

    private Promises() {}

    /** Every rule that the prose of every language must state, in the order of the chapters. */
    public static List<Promise> of(Notice notice) {
        List<Promise> promises = new ArrayList<>();
        notice.collects().values().forEach(category -> add(promises, category.path(), Promise.Kind.CATEGORY));
        notice.collects().values().stream()
                .filter(category -> !category.identifies())
                .forEach(category -> add(promises, category.path() + ".identifies", Promise.Kind.UNIDENTIFYING));
        for (Use use : notice.uses().values()) {
            if (!beyond(use)) {
                add(promises, use.path(), Promise.Kind.USE);
            }
        }
        notice.shares().values().forEach(share -> share(promises, share));
        notice.never().forEach(never -> add(promises, "shares." + never, Promise.Kind.NEVER));
        notice.cookies().values().forEach(cookie -> add(promises, cookie.path(), Promise.Kind.COOKIE));
        notice.keeps().longest().ifPresent(longest -> add(promises, "keeps.longest", Promise.Kind.LONGEST));
        for (Use use : notice.uses().values()) {
            if (beyond(use)) {
                add(promises, use.path(), Promise.Kind.BEYOND);
            }
        }
        add(promises, "keeps.then", Promise.Kind.THEN);
        notice.signals().keySet().forEach(signal -> add(promises, "signals." + signal, Promise.Kind.SIGNAL));
        add(promises, "contact", Promise.Kind.CONTACT);
        notice.rights()
                .answeredWithin()
                .ifPresent(span -> add(promises, "rights.answered-within", Promise.Kind.DEADLINE));
        notice.rights().form().ifPresent(form -> add(promises, "rights.form", Promise.Kind.FORM));
        notice.rights().granted().forEach(right -> add(promises, "rights." + right, Promise.Kind.RIGHT));
        return List.copyOf(promises);
    }

    private static void share(List<Promise> promises, Share share) {
        add(promises, share.path(), Promise.Kind.SHARE);
        if (share.contract().filter(Share.Contract::onwardNever).isPresent()) {
            add(promises, share.path() + ".contract.onward", Promise.Kind.ONWARD);
        }
        if (share.honoursNotice()) {
            add(promises, share.path() + ".honours-notice", Promise.Kind.BOUND);
        }
    }

    /** What a sentence about a use should say besides: its data, basis, interest and ends (Art. 13(1) and (2)). */
    public static List<Promise> partsOf(Use use) {
        List<Promise> parts = new ArrayList<>();
        add(parts, use.path() + ".data", Promise.Kind.DATA);
        if (!beyond(use)) {
            add(parts, use.path() + ".basis", Promise.Kind.BASIS);
        }
        if (use.interest().isPresent()) {
            add(parts, use.path() + ".interest", Promise.Kind.INTEREST);
        }
        if (!use.ends().isEmpty()) {
            add(parts, use.path() + ".ends", Promise.Kind.ENDS);
        }
        return List.copyOf(parts);
    }

    /** The addresses of the notice, each with a verdict of its own. */
    public static List<Promise> partsOf(Notice.Contact contact) {
        List<Promise> parts = new ArrayList<>();
        if (!contact.email().isEmpty()) {
            add(parts, "contact.email", Promise.Kind.CONTACT);
        }
        if (!contact.post().isEmpty()) {
            add(parts, "contact.post", Promise.Kind.CONTACT);
        }
        return List.copyOf(parts);
    }

    /** Every path that a sentence may name as its rule. */
    public static Set<String> anchors(Notice notice) {
        Set<String> paths = new LinkedHashSet<>();
        for (String chapter :
                List.of("covers", "collects", "uses", "shares", "cookies", "keeps", "signals", "rights")) {
            paths.add(chapter);
        }
        of(notice).forEach(promise -> paths.add(promise.path()));
        below(paths, "controller", List.of("name", "email", "post"));
        below(paths, "covers", List.of("sites", "services", "also"));
        below(paths, "contact", List.of("email", "post"));
        notice.collects().values().stream()
                .filter(category -> category.refusableWithout().isPresent())
                .forEach(category -> paths.add(category.path() + ".without-it"));
        for (Use use : notice.uses().values()) {
            partsOf(use).forEach(part -> paths.add(part.path()));
            below(paths, use.path(), List.of("basis", "law", "at-least", "on-request"));
        }
        for (Share share : notice.shares().values()) {
            below(paths, share.path(), List.of("data", "uses", "country", "safeguard", "through"));
            if (share.contract().isPresent()) {
                below(paths, share.path() + ".contract", List.of("signed", "keeps"));
            }
        }
        for (Cookie cookie : notice.cookies().values()) {
            below(paths, cookie.path(), List.of("lasts", "group", "by"));
            paths.add("cookies." + cookie.group());
        }
        paths.add("keeps.beyond");
        below(paths, "keeps.then", List.of("rows", "backups"));
        return paths;
    }

    private static boolean beyond(Use use) {
        return use.path().startsWith("keeps.");
    }

    private static void add(List<Promise> promises, String path, Promise.Kind kind) {
        promises.add(new Promise(path, kind));
    }

    private static void below(Set<String> paths, String path, List<String> names) {
        paths.add(path);
        names.forEach(name -> paths.add(path + "." + name));
    }
}
