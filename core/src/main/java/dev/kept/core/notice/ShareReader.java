package dev.kept.core.notice;

import dev.kept.core.notice.Share.Contract;
import dev.kept.core.notice.Share.Kind;
import dev.kept.core.source.Element;
import dev.kept.core.source.Fields;
import dev.kept.core.source.Spelling;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the shares of chapter 3 and the cookies of chapter 4. */
final class ShareReader {

    /** The group of cookies that need no consent (ePrivacy Directive Art. 5(3)). */
    static final String NECESSARY = "necessary";

    private static final String NO_SHARE = "is no share of chapter 3";

    private static final Map<String, Kind> KINDS =
            Written.words(kind -> kind.name().toLowerCase(Locale.ROOT), List.of(Kind.values()));

    private final Set<String> categories;
    private final Set<String> uses;
    private final Set<String> written = new LinkedHashSet<>();
    private final Set<String> recipients = new LinkedHashSet<>();
    private final Map<String, Share> shares = new LinkedHashMap<>();
    private final List<String> never = new ArrayList<>();
    private final Map<String, Cookie> cookies = new LinkedHashMap<>();
    private final Set<String> unread = new LinkedHashSet<>();

    ShareReader(Set<String> categories, Set<String> uses) {
        this.categories = categories;
        this.uses = uses;
    }

    Map<String, Share> shares() {
        return shares;
    }

    List<String> never() {
        return never;
    }

    Map<String, Cookie> cookies() {
        return cookies;
    }

    Set<String> unread() {
        return unread;
    }

    void shares(Element chapter) {
        chapter.entries().forEach((id, element) -> {
            if (!element.isScalar()) {
                recipients.add(id);
            }
        });
        chapter.entries().forEach((id, element) -> {
            Written.named(element);
            written.add(id);
            if (element.isScalar()) {
                element.choice(Map.of("never", true)).ifPresent(word -> never.add(id));
            } else {
                share(id, element).ifPresent(share -> shares.put(id, share));
            }
        });
    }

    private Optional<Share> share(String id, Element element) {
        Fields known =
                element.fields("kind", "uses", "data", "contract", "country", "safeguard", "through", "honours-notice");
        Optional<Kind> kind = known.required("kind", "say who receives it: " + Spelling.oneOf(KINDS.keySet()))
                .flatMap(e -> e.choice(KINDS));
        List<String> forUses = references(known.get("uses"), uses, "unknown-use", "is no use of this notice");
        List<String> data = references(
                known.required("data", "list the categories it receives"),
                categories,
                "unknown-data",
                "is not collected");
        Optional<Contract> contract = known.get("contract").flatMap(ShareReader::contract);
        unreadable(element, known, "contract", contract.isEmpty());
        Optional<String> country = known.get("country").flatMap(Written::country);
        Optional<String> safeguard = known.get("safeguard").flatMap(Element::text);
        unreadable(element, known, "country", country.isEmpty());
        unreadable(element, known, "safeguard", safeguard.isEmpty());
        unreadable(element, known, "uses", forUses.isEmpty());
        Optional<String> through =
                known.get("through").flatMap(e -> UseReader.reference(e, recipients, "unknown-share", NO_SHARE));
        boolean honours = known.get("honours-notice").flatMap(Element::flag).orElse(false);
        return kind.map(kindOfShare ->
                new Share(id, kindOfShare, forUses, data, contract, country, safeguard, through, honours));
    }

    private void unreadable(Element element, Fields known, String key, boolean empty) {
        if (known.has(key) && empty) {
            unread.add(element.dotted() + "." + key);
        }
    }

    private static List<String> references(
            Optional<Element> written, Set<String> known, String code, String otherwise) {
        return written.map(e -> e.listOf(item -> UseReader.reference(item, known, code, otherwise)))
                .orElse(List.of());
    }

    private static Optional<Contract> contract(Element element) {
        Fields known = element.fields("signed", "keeps", "onward");
        Optional<LocalDate> signed = known.required("signed", "add the day it was signed, as in `signed: 2026-03-01`")
                .flatMap(Written::date);
        Optional<Fields> keeps = known.get("keeps").map(e -> e.fields("after", "for"));
        Optional<String> after = keeps.flatMap(f -> f.required("after", "name the event the period counts from"))
                .flatMap(Written::event);
        Optional<Span> span = keeps.flatMap(f -> f.required("for", "add a period, as in `for: 30 days`"))
                .flatMap(Written::span);
        boolean onwardNever = known.get("onward")
                .flatMap(e -> e.choice(Map.of("never", true)))
                .orElse(false);
        return signed.map(day -> new Contract(day, after, span, onwardNever));
    }

    /** Read after the shares, which a cookie may name. */
    void cookies(Element chapter) {
        Set<String> groups = new LinkedHashSet<>(uses);
        groups.add(NECESSARY);
        chapter.entries().forEach((id, element) -> {
            Written.namedAsCookie(element);
            Fields known = element.fields("group", "lasts", "by");
            Optional<String> group = known.required("group", "name a use, or `necessary`")
                    .flatMap(e -> UseReader.reference(e, groups, "unknown-group", "is neither a use nor `necessary`"));
            Optional<Element> lasts = known.required("lasts", "write `session` or a period");
            boolean session = lasts.filter(e -> e.is("session")).isPresent();
            Optional<Span> span = session ? Optional.empty() : lasts.flatMap(Written::span);
            Optional<String> by =
                    known.get("by").flatMap(e -> UseReader.reference(e, written, "unknown-share", NO_SHARE));
            if (group.isPresent() && (session || span.isPresent())) {
                cookies.put(id, new Cookie(id, group.get(), span, by));
            }
        });
    }
}
