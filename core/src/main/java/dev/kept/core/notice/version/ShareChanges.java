package dev.kept.core.notice.version;

import dev.kept.core.notice.Cookie;
import dev.kept.core.notice.Notice;
import dev.kept.core.notice.Share;
import dev.kept.core.notice.Share.Contract;
import dev.kept.core.notice.Span;
import dev.kept.core.notice.version.Change.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Chapters 3 and 4: recipients and cookies. */
final class ShareChanges {

    private ShareChanges() {}

    static List<Change> of(Notice before, Notice after) {
        List<Change> changes = new ArrayList<>();
        after.shares().values().forEach(now -> {
            Share then = before.shares().get(now.id());
            if (then == null) {
                changes.add(Change.of(now.path(), Reason.NEW_RECIPIENT, "receives data, and did not"));
            } else {
                changes.addAll(of(then, now));
            }
        });
        Sets.gone(before.shares().keySet(), after.shares().keySet())
                .forEach(gone -> changes.add(
                        Change.of("shares." + gone, Reason.NARROWER, "received data, and does not any more")));
        Sets.gone(before.never(), after.never())
                .forEach(kind -> changes.add(Change.of(
                        "shares." + kind, Reason.NEW_RECIPIENT, "never happened, and is not ruled out any more")));
        Sets.gone(after.never(), before.never())
                .forEach(kind -> changes.add(Change.of("shares." + kind, Reason.NARROWER, "is ruled out")));
        cookies(changes, before, after);
        return changes;
    }

    private static List<Change> of(Share then, Share now) {
        List<Change> changes = new ArrayList<>();
        String path = now.path();
        if (then.kind() != now.kind()) {
            changes.add(Change.of(path + ".kind", Reason.NEW_RECIPIENT, "is a recipient of another kind"));
        }
        added(changes, path + ".uses", "for", then.uses(), now.uses());
        added(changes, path + ".data", "of", then.data(), now.data());
        if (!then.country().equals(now.country())) {
            changes.add(Change.of(
                    path + ".country",
                    now.country().isPresent() ? Reason.NEW_RECIPIENT : Reason.NARROWER,
                    now.country().map(to -> "takes data to `" + to + "`").orElse("keeps data where it is")));
        }
        if (!then.safeguard().equals(now.safeguard())) {
            changes.add(Change.of(
                    path + ".safeguard",
                    now.country().isPresent() ? Reason.WEAKER_DUTY : Reason.WORDS,
                    "rests on another safeguard"));
        }
        if (!then.through().equals(now.through())) {
            changes.add(Change.of(
                    path + ".through",
                    now.through().isPresent() ? Reason.NEW_RECIPIENT : Reason.NARROWER,
                    "gets data another way"));
        }
        if (then.honoursNotice() != now.honoursNotice()) {
            changes.add(Change.of(
                    path + ".honours-notice",
                    now.honoursNotice() ? Reason.NARROWER : Reason.WEAKER_DUTY,
                    now.honoursNotice() ? "is bound by the notice" : "is not bound by the notice any more"));
        }
        contract(changes, path + ".contract", then.contract(), now.contract());
        return changes;
    }

    private static void added(List<Change> changes, String path, String word, List<String> then, List<String> now) {
        boolean anything = now.isEmpty() && !then.isEmpty();
        List<String> more = then.isEmpty() ? List.of() : Sets.gone(now, then);
        if (anything || !more.isEmpty()) {
            changes.add(Change.of(
                    path,
                    Reason.NEW_RECIPIENT,
                    "receives data " + word + " " + (anything ? "whatever comes up" : Sets.quoted(more)) + ", too"));
        } else if (!then.equals(now)) {
            changes.add(Change.of(path, Reason.NARROWER, "receives less"));
        }
    }

    private static void contract(List<Change> changes, String path, Optional<Contract> then, Optional<Contract> now) {
        if (then.isPresent() && now.isEmpty()) {
            changes.add(Change.of(path, Reason.WEAKER_DUTY, "is under no contract any more"));
        } else if (then.isEmpty() && now.isPresent()) {
            changes.add(Change.of(path, Reason.NARROWER, "is under a contract"));
        } else if (then.isPresent()) {
            Contract was = then.get();
            Contract is = now.get();
            if (was.onwardNever() != is.onwardNever()) {
                changes.add(Change.of(
                        path + ".onward",
                        is.onwardNever() ? Reason.NARROWER : Reason.WEAKER_DUTY,
                        is.onwardNever() ? "may hand data on to nobody" : "may hand data on"));
            }
            if (!was.keepsAfter().equals(is.keepsAfter()) || !was.keepsFor().equals(is.keepsFor())) {
                boolean longer = !was.keepsAfter().equals(is.keepsAfter()) || longer(was.keepsFor(), is.keepsFor());
                changes.add(Change.of(
                        path + ".keeps",
                        longer ? Reason.LONGER_PERIOD : Reason.NARROWER,
                        "kept data " + said(was.keepsFor()) + ", keeps it " + said(is.keepsFor())));
            }
            if (!was.signed().equals(is.signed())) {
                changes.add(Change.of(path + ".signed", Reason.WORDS, "was signed on " + is.signed()));
            }
        }
    }

    private static boolean longer(Optional<Span> then, Optional<Span> now) {
        return now.isEmpty() || Periods.maySurpass(now, then);
    }

    private static String said(Optional<Span> span) {
        return span.map(period -> "for " + period).orElse("without a stated end");
    }

    private static void cookies(List<Change> changes, Notice before, Notice after) {
        for (Cookie now : after.cookies().values()) {
            Cookie then = before.cookies().get(now.id());
            if (then == null) {
                changes.add(Change.of(now.path(), Reason.NEW_COOKIE, "is set, and was not"));
                continue;
            }
            if (!then.group().equals(now.group())) {
                changes.add(Change.of(
                        now.path() + ".group",
                        Reason.NEW_USE,
                        "served `" + then.group() + "`, serves `" + now.group() + "`"));
            }
            if (!then.lasts().equals(now.lasts())) {
                boolean longer =
                        now.lasts().isPresent() && (then.lasts().isEmpty() || longer(then.lasts(), now.lasts()));
                changes.add(Change.of(
                        now.path() + ".lasts",
                        longer ? Reason.LONGER_PERIOD : Reason.NARROWER,
                        "lasts " + now.lasts().map(Span::toString).orElse("a session")));
            }
            if (!then.by().equals(now.by())) {
                changes.add(Change.of(
                        now.path() + ".by",
                        now.by().isPresent() ? Reason.NEW_RECIPIENT : Reason.NARROWER,
                        now.by().map(by -> "is set by `" + by + "`").orElse("is set by the controller itself")));
            }
        }
        Sets.gone(before.cookies().keySet(), after.cookies().keySet())
                .forEach(gone ->
                        changes.add(Change.of("cookies." + gone, Reason.NARROWER, "was set, and is not any more")));
    }
}
