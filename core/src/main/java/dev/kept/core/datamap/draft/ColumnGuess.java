package dev.kept.core.datamap.draft;

import dev.kept.core.datamap.Catalogue.CatalogueColumn;
import dev.kept.core.notice.Category;
import dev.kept.core.notice.Notice;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a column probably holds, from its name, its type and what its values look like. */
record ColumnGuess(Optional<String> category, String why) {

    private record Sign(Pattern name, String term, String id) {}

    /** From the most telling names to the least; the terms are those of the Data Privacy Vocabulary. */
    private static final List<Sign> SIGNS = List.of(
            sign("e?_?mail|email_?addr(ess)?|.*_email|email_.*", "pd:EmailAddress", "email"),
            sign("pass(word|wd)?(_?hash|_?digest)?|pwd|.*password.*", "pd:Password", "password"),
            sign("user_?name|login|nick(name)?|handle", "pd:Username", "username"),
            sign(".*phone.*|mobile.*|tel|fax.*", "pd:TelephoneNumber", "phone"),
            sign(
                    "(first|last|full|given|family|middle|sur|sender|display|contact|billing|shipping)_?name|name",
                    "pd:Name",
                    "name"),
            sign(".*birth.*|dob", "pd:BirthDate", "birth-date"),
            sign(
                    ".*address.*|(ship|bill)_?to|((bill|billing|ship|shipping|delivery|home|work|invoice|mailing)_)?"
                            + "(street.*|zip.*|post(al)?_?code|city|district|state|country|region)",
                    "pd:PhysicalAddress",
                    "address"),
            sign("ip|ip_?addr(ess)?|remote_addr|client_ip", "pd:IPAddress", "log"),
            sign(".*(latitude|longitude|geo|location|gps).*|lat|lon|lng", "pd:Location", "location"),
            sign("user_?agent|device.*|browser.*", "pd:BrowserFingerprint", "device"),
            sign(
                    "message|body|comment|note|notes|text|content|subject|description|review|question|answer",
                    "pd:Communication",
                    "message"),
            sign(".*(card|iban|account_no|bank).*", "pd:FinancialAccount", "payment"),
            sign("total|amount|price|unit_?price|quantity|sum|.*_total", "pd:Transaction", "order-line"),
            sign("picture|photo|avatar|image", "pd:Picture", "picture"));

    private static Sign sign(String name, String term, String id) {
        return new Sign(Pattern.compile(name), term, id);
    }

    /** @param looksLike what the sampled values look like: {@code email}, {@code phone}, {@code ip} */
    static ColumnGuess of(CatalogueColumn column, Optional<String> looksLike, Optional<Notice> notice) {
        if (looksLike.isPresent()) {
            Optional<Sign> sign =
                    SIGNS.stream().filter(s -> s.id().equals(looksLike.get())).findFirst();
            if (sign.isPresent()) {
                return new ColumnGuess(
                        Optional.of(category(sign.get(), notice)),
                        "sampled values look like " + looksLike.get() + uncollected(sign.get(), notice));
            }
        }
        String name = snake(column.name());
        for (Sign sign : SIGNS) {
            if (sign.name().matcher(name).matches()) {
                return new ColumnGuess(
                        Optional.of(category(sign, notice)), "the column's name" + uncollected(sign, notice));
            }
        }
        return new ColumnGuess(Optional.empty(), "neither name nor type point to a person");
    }

    private static String uncollected(Sign sign, Optional<Notice> notice) {
        String category = category(sign, notice);
        return notice.filter(known -> !known.collects().containsKey(category))
                .map(known -> ", but the notice collects no `" + category + "`: name the category it is of, or add it")
                .orElse("");
    }

    /** {@code FirstName} and {@code first_name} alike. */
    static String snake(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }

    /** The notice's own category for it, by term or by id. */
    private static String category(Sign sign, Optional<Notice> notice) {
        Map<String, Category> collects = notice.map(Notice::collects).orElse(Map.of());
        return collects.values().stream()
                .filter(category -> category.terms().contains(sign.term()))
                .map(Category::id)
                .findFirst()
                .orElse(sign.id());
    }
}
