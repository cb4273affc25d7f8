package dev.kept.core.notice.prose;

import dev.kept.core.notice.Category;
import dev.kept.core.notice.Controller;
import dev.kept.core.notice.Cookie;
import dev.kept.core.notice.LegalBasis;
import dev.kept.core.notice.Notice;
import dev.kept.core.notice.Share;
import dev.kept.core.notice.Span;
import dev.kept.core.notice.Use;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Every expression that prose may ask the rules for, and how its value is said. */
final class Values {

    /**
     * A value still to be said.
     *
     * @param words whether it is made of words, which begin a sentence with a capital letter
     * @param states the rules that it spells out
     */
    record Entry(boolean words, List<String> states, Function<Form, String> say) {}

    private final Notice notice;
    private final Phrases phrases;
    private final boolean original;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /** @param original whether the language is the one in which the texts within the rules are written */
    Values(Notice notice, Phrases phrases, boolean original) {
        this.notice = notice;
        this.phrases = phrases;
        this.original = original;
        name("notice", notice.name());
        controller(notice.controller());
        covers();
        collects();
        uses();
        notice.shares().values().forEach(this::share);
        shareLists();
        cookies();
        keeps();
        notice.signals()
                .forEach((signal, answer) -> answer(
                        "signals." + signal,
                        "signals",
                        answer.name().toLowerCase(Locale.ROOT).replace('_', '-')));
        name("contact.email", notice.contact().email());
        written("contact.post", notice.contact().post());
        rights();
    }

    Optional<Entry> entry(String expression) {
        return Optional.ofNullable(entries.get(expression));
    }

    Set<String> expressions() {
        return entries.keySet();
    }

    private void controller(Controller controller) {
        written("controller.name", controller.name());
        name("controller.email", controller.email());
        written("controller.post", controller.post());
    }

    private void covers() {
        Notice.Covers covers = notice.covers();
        put("covers.sites", false, List.of(), form -> form.list(phrases, covers.sites()));
        labels(
                "covers.services",
                covers.services().stream().map(id -> "covers.services." + id).toList());
        labels(
                "covers.also",
                covers.also().stream().map(id -> "covers.also." + id).toList());
    }

    private void collects() {
        Collection<Category> categories = notice.collects().values();
        labels("collects", categories.stream().map(Category::path).toList());
        for (Category category : categories) {
            label(category.path());
            category.refusableWithout().ifPresent(without -> text(category.path() + ".without-it", without));
            for (String source : category.sources()) {
                labels(
                        "collects from " + source,
                        categories.stream()
                                .filter(other -> other.sources().contains(source))
                                .map(Category::path)
                                .toList());
            }
        }
    }

    private void uses() {
        List<Use> uses = notice.uses().values().stream()
                .filter(use -> use.path().startsWith("uses."))
                .toList();
        labels("uses", uses.stream().map(Use::path).toList());
        for (LegalBasis basis : LegalBasis.values()) {
            List<String> on = uses.stream()
                    .filter(use -> use.basis() == basis)
                    .map(Use::path)
                    .toList();
            if (!on.isEmpty()) {
                labels("uses on " + basis.word(), on);
            }
        }
        notice.uses().values().forEach(this::use);
    }

    private void use(Use use) {
        String path = use.path();
        label(path);
        categories(path + ".data", use.data());
        part(path + ".basis", form -> phrases.basis(use.basis()));
        use.interest().ifPresent(interest -> text(path + ".interest", interest));
        use.law().ifPresent(law -> written(path + ".law", law));
        use.anonymisedAtLeast()
                .ifPresent(least -> part(path + ".at-least", form -> phrases.count(path + ".at-least", least)));
        if (!use.ends().isEmpty()) {
            part(path + ".ends", form -> phrases.ends(use.ends()));
        }
    }

    private void share(Share share) {
        String path = share.path();
        label(path);
        categories(path + ".data", share.data());
        put(
                path + ".uses",
                true,
                List.of(path + ".uses"),
                form -> form.list(
                        phrases,
                        share.uses().stream()
                                .map(id -> phrases.label(
                                        Optional.ofNullable(notice.uses().get(id))
                                                .map(Use::path)
                                                .orElse("uses." + id)))
                                .toList()));
        share.country().ifPresent(country -> part(path + ".country", form -> phrases.country(country)));
        share.safeguard().ifPresent(safeguard -> text(path + ".safeguard", safeguard));
        share.contract().ifPresent(contract -> contract(path + ".contract", contract));
    }

    private void contract(String path, Share.Contract contract) {
        part(path + ".signed", form -> phrases.date(contract.signed()));
        if (contract.keepsAfter().isPresent() && contract.keepsFor().isPresent()) {
            String event = contract.keepsAfter().get();
            Span span = contract.keepsFor().get();
            part(path + ".keeps", form -> phrases.after(event, span));
        }
    }

    private void shareLists() {
        Collection<Share> shares = notice.shares().values();
        labels("shares", shares.stream().map(Share::path).toList());
        for (Share share : shares) {
            labels(
                    "shares of " + share.kind().name().toLowerCase(Locale.ROOT),
                    shares.stream()
                            .filter(other -> other.kind() == share.kind())
                            .map(Share::path)
                            .toList());
        }
        List<String> never = notice.never().stream().map(id -> "shares." + id).toList();
        if (!never.isEmpty()) {
            put(
                    "shares of never",
                    true,
                    never,
                    form -> phrases.or(never.stream().map(phrases::label).toList()));
            never.forEach(this::label);
        }
    }

    private void cookies() {
        Collection<Cookie> cookies = notice.cookies().values();
        labels("cookies", cookies.stream().map(Cookie::path).toList());
        for (Cookie cookie : cookies) {
            label(cookie.path());
            cookie.lasts().ifPresent(lasts -> span(cookie.path() + ".lasts", lasts));
            cookie.by().ifPresent(by -> part(cookie.path() + ".by", form -> phrases.label("shares." + by)));
            labels(
                    "cookies of " + cookie.group(),
                    cookies.stream()
                            .filter(other -> other.group().equals(cookie.group()))
                            .map(Cookie::path)
                            .toList());
        }
    }

    private void keeps() {
        notice.keeps().longest().ifPresent(longest -> span("keeps.longest", longest));
        labels(
                "keeps.beyond",
                notice.uses().values().stream()
                        .map(Use::path)
                        .filter(path -> path.startsWith("keeps.beyond."))
                        .toList());
        answer(
                "keeps.then.rows",
                "keeps.then.rows",
                notice.keeps().rows().name().toLowerCase(Locale.ROOT));
        answer("keeps.then.backups", "keeps.then.backups", notice.keeps().backups());
    }

    private void rights() {
        List<String> granted = notice.rights().granted().stream()
                .map(right -> "rights." + right)
                .toList();
        labels("rights", granted);
        granted.forEach(this::label);
        notice.rights().form().ifPresent(form -> name("rights.form", form));
        notice.rights().answeredWithin().ifPresent(within -> span("rights.answered-within", within));
    }

    private void put(String expression, boolean words, List<String> states, Function<Form, String> say) {
        entries.put(expression, new Entry(words, states, say));
    }

    private void part(String path, Function<Form, String> say) {
        put(path, true, List.of(path), say);
    }

    private void name(String path, String name) {
        put(path, false, List.of(path), form -> name);
    }

    /** A name that every language may say its own way: an address ends in a country, a law is cited by its own habit. */
    private void written(String path, String inRules) {
        put(path, false, List.of(path), form -> phrases.own(path, inRules));
    }

    private void label(String path) {
        part(path, form -> phrases.label(path));
    }

    private void text(String path, String inRules) {
        part(path, form -> phrases.text(path, inRules, original));
    }

    private void span(String path, Span span) {
        part(path, form -> phrases.span(span, form.grammaticalCase()));
    }

    /** A list of labels, which states each of them. */
    private void labels(String expression, List<String> paths) {
        List<String> states = new ArrayList<>(paths);
        states.add(expression);
        put(
                expression,
                true,
                states,
                form -> form.list(phrases, paths.stream().map(phrases::label).toList()));
    }

    /** The categories of a use or share; naming them says what it has, not that they are collected. */
    private void categories(String path, Collection<String> ids) {
        put(
                path,
                true,
                List.of(path),
                form -> form.list(
                        phrases,
                        ids.stream().map(id -> phrases.label("collects." + id)).toList()));
    }

    /** One of several answers, each with words of its own: {@code signals.dnt.honoured}, else {@code signals.honoured}. */
    private void answer(String path, String family, String answer) {
        List<String> states = path.startsWith("keeps.then.") ? List.of(path, "keeps.then") : List.of(path);
        put(path, true, states, form -> phrases.labelOf(path + "." + answer, family + "." + answer));
    }
}
