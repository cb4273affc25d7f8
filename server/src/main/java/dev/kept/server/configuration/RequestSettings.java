package dev.kept.server.configuration;

import dev.kept.core.notice.Span;
import dev.kept.core.rights.request.Kind;
import dev.kept.core.source.Element;
import dev.kept.core.source.Fields;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How requests are worked on, {@code requests:} in {@code kept.yaml}; everything has a default.
 *
 * <pre>{@code
 * requests:
 *   review: [erasure]            # kinds that a person looks at before they are carried out
 *   unproven: 14 days            # after which a request ends that nobody proved
 *   answer: 30 days              # how long an answer can be fetched
 *   kept-for: 3 years            # how long what was asked and answered is kept once a request is closed
 *   warn: privacy@shop.example   # who is told that a request is due
 *   by-hand: {crm: delete the contact in the CRM, under Settings / Privacy}
 *   site: [{id: shop-2026, algorithm: EdDSA, key: {kty: OKP, crv: Ed25519, x: …}}]   # see SiteKey
 * }</pre>
 *
 * @param review kinds looked at by a person, besides those that need one always
 * @param keptFor empty where nothing is said
 * @param warn an address; empty where nobody is written to
 * @param byHand places that Kept cannot reach, with what to do there
 * @param site keys by which the company's own site hands over who is signed in there
 */
public record RequestSettings(
        Set<Kind> review,
        Span unproven,
        Span answer,
        Optional<Span> keptFor,
        Optional<String> warn,
        Map<String, String> byHand,
        List<SiteKey> site) {

    private static final Span UNPROVEN = new Span(14, Span.Unit.DAY);
    private static final Span ANSWER = new Span(30, Span.Unit.DAY);

    /** The most places that are done by hand. */
    private static final int MOST_BY_HAND = 50;

    /** The most keys of the company's site at once: one in use, one that follows, for a few sites. */
    private static final int MOST_SITE_KEYS = 20;

    public static final RequestSettings DEFAULT =
            new RequestSettings(Set.of(), UNPROVEN, ANSWER, Optional.empty(), Optional.empty(), Map.of(), List.of());

    public RequestSettings {
        review = Collections.unmodifiableSet(new LinkedHashSet<>(review));
        byHand = Collections.unmodifiableMap(new LinkedHashMap<>(byHand));
        site = List.copyOf(site);
    }

    /** Whether a person looks at a request of the kind before it is carried out. */
    public boolean reviewed(Kind kind) {
        return kind.needsPerson() || (review.contains(kind) && !kind.atOnce());
    }

    static RequestSettings read(Element written) {
        Fields fields = written.fields("review", "unproven", "answer", "kept-for", "warn", "by-hand", "site");
        Set<Kind> review = new LinkedHashSet<>();
        fields.get("review")
                .ifPresent(element -> element.items()
                        .forEach(item -> item.parsed(
                                        "kind",
                                        "a kind of request",
                                        "one of "
                                                + Arrays.stream(Kind.values())
                                                        .map(Kind::word)
                                                        .collect(Collectors.joining(", ")),
                                        Kind::parse)
                                .ifPresent(review::add)));
        return new RequestSettings(
                review,
                span(fields, "unproven", UNPROVEN),
                span(fields, "answer", ANSWER),
                fields.get("kept-for")
                        .flatMap(element -> element.parsed(
                                "period", "a period", "write kept-for: 3 years", RequestSettings::years)),
                fields.get("warn").flatMap(Element::text).filter(text -> text.contains("@")),
                byHand(fields.get("by-hand")),
                fields.get("site").map(RequestSettings::site).orElse(List.of()));
    }

    private static List<SiteKey> site(Element written) {
        List<SiteKey> keys = new ArrayList<>();
        for (Element item : written.items()) {
            SiteKey.read(item).ifPresent(key -> {
                if (keys.size() >= MOST_SITE_KEYS
                        || keys.stream().anyMatch(other -> other.id().equals(key.id()))) {
                    item.error("site-keys", "a key of this id is there already, or there are too many", "name another");
                } else {
                    keys.add(key);
                }
            });
        }
        return keys;
    }

    private static Map<String, String> byHand(Optional<Element> written) {
        Map<String, String> places = new LinkedHashMap<>();
        written.ifPresent(element -> element.entries().forEach((name, what) -> {
            if (places.size() < MOST_BY_HAND) {
                what.text().ifPresent(text -> places.put(name, text));
            }
        }));
        return places;
    }

    private static Span span(Fields fields, String name, Span otherwise) {
        return fields.get(name)
                .flatMap(element ->
                        element.parsed("period", "a period", "write " + name + ": " + otherwise, RequestSettings::days))
                .orElse(otherwise);
    }

    /** Not at once, and not for ever. */
    private static Optional<Span> days(String text) {
        return Span.parse(text).filter(span -> span.count() > 0 && span.atMostDays() <= 366);
    }

    private static Optional<Span> years(String text) {
        return Span.parse(text).filter(span -> span.count() > 0 && span.atMostDays() <= 3_660);
    }
}
