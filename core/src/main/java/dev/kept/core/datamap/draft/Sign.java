package dev.kept.core.datamap.draft;

import dev.kept.core.datamap.Catalogue.CatalogueColumn;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a column of such a name and type usually holds.
 *
 * @param name in lower case, words parted by {@code _}
 * @param forms the kinds of type it can have: a time called {@code password_changed_at} is no password
 * @param term of the Data Privacy Vocabulary
 * @param id what a notice would call it that says nothing else
 */
record Sign(Pattern name, Set<Form> forms, String term, String id) {

    /** Kinds of type, as far as they tell what cannot be in a column. */
    enum Form {
        TEXT,
        NUMBER,
        /** A number that is called {@code …_id} or a UUID: it leads to a row. */
        REFERENCE,
        TIME,
        BOOLEAN,
        NETWORK,
        /** A value of a list: it says nothing of its own. */
        CHOICE,
        /** Bytes, points, whatever else. */
        OTHER;

        static Form of(CatalogueColumn column) {
            String type = column.baseType().replaceAll("(\\([^)]*\\)|\\[\\])", "");
            if (!column.enumValues().isEmpty()) {
                return CHOICE;
            }
            return switch (type) {
                case "text",
                        "character varying",
                        "character",
                        "bpchar",
                        "citext",
                        "name",
                        "json",
                        "jsonb",
                        "hstore",
                        "xml" -> TEXT;
                case "smallint", "integer", "int", "bigint", "numeric", "real", "double precision", "money" ->
                    ColumnGuess.snake(column.name()).endsWith("_id") ? REFERENCE : NUMBER;
                case "uuid" -> REFERENCE;
                case "boolean" -> BOOLEAN;
                case "inet", "cidr" -> NETWORK;
                default -> type.startsWith("time") || type.equals("date") ? TIME : OTHER;
            };
        }
    }

    /** What stands for e-mail addresses, names, addresses in networks. */
    static final String EMAIL = "email";

    static final String NAME = "name";
    static final String USERNAME = "username";

    private static final Set<Form> WRITTEN = Set.of(Form.TEXT, Form.OTHER);
    private static final Set<Form> COUNTED = Set.of(Form.TEXT, Form.NUMBER, Form.OTHER);

    /** From the most telling names to the least. */
    private static final List<Sign> ALL = List.of(
            sign(
                    "e?_?mail(_?addr(ess)?)?|.*_e?mail|email_(?!(type|status|state|count|format|template|level|subject|body|token).*).*"
                            + "|(to|from|cc|bcc|reply_to|recipient|sender)_addr(ess)?(es)?",
                    WRITTEN,
                    "pd:EmailAddress",
                    EMAIL),
            sign(
                    "pass(word|wd)?(_?hash|_?digest)?|pwd|.*password.*"
                            + "|(.*_)?(token|secret|otp|api_key|private_key|(backup|recovery)_code)s?(_(hash|digest|codes?|secret))?",
                    WRITTEN,
                    "pd:Password",
                    "password"),
            sign(
                    "(.*_)?(user_?name|screen_name)(_(lower|normali[sz]ed|canonical))?|login|nick(name)?|handle",
                    WRITTEN,
                    "pd:Username",
                    USERNAME),
            sign(".*phone.*|mobile.*|tel|fax.*", COUNTED, "pd:TelephoneNumber", "phone"),
            sign(
                    "((.*_)?(first|last|full|given|family|middle|sur|real|sender|display|contact|billing|shipping)_?)?name",
                    WRITTEN,
                    "pd:Name",
                    NAME),
            sign(".*birth.*|dob", Set.of(Form.TEXT, Form.NUMBER, Form.TIME), "pd:BirthDate", "birth-date"),
            sign(
                    "(.*_)?ip(_?addr(ess)?)?|remote_?addr(ess)?|ip_.*",
                    Set.of(Form.TEXT, Form.NETWORK, Form.OTHER),
                    "pd:IPAddress",
                    "log"),
            sign(
                    ".*address.*|(ship|bill)_?to|((bill|billing|ship|shipping|delivery|home|work|invoice|mailing)_)?"
                            + "(street.*|zip.*|post(al)?_?code|city|district|state|country|region)",
                    WRITTEN,
                    "pd:PhysicalAddress",
                    "address"),
            sign("(.*_)?(zip(_?code)?|post(al)?_?code)", COUNTED, "pd:PhysicalAddress", "address"),
            sign(".*(latitude|longitude|geo|location|gps).*|lat|lon|lng", COUNTED, "pd:Location", "location"),
            sign(
                    "(.*_)?user_?agent|device.*|browser.*",
                    Set.of(Form.TEXT, Form.REFERENCE, Form.OTHER),
                    "pd:BrowserFingerprint",
                    "device"),
            sign(
                    "(.*_)?(message|body|comments?|notes?|text|content|subject|description|review|question|answer|bio)",
                    WRITTEN,
                    "pd:Communication",
                    "message"),
            sign(
                    "(.*_)?(card|iban|account_no|bank)(_.*)?|.*(iban|account_no).*",
                    COUNTED,
                    "pd:FinancialAccount",
                    "payment"),
            sign("total|amount|price|unit_?price|quantity|sum|.*_total", COUNTED, "pd:Transaction", "order-line"),
            sign("picture|photo|avatar|image", WRITTEN, "pd:Picture", "picture"),
            sign(".*", Set.of(Form.NETWORK), "pd:IPAddress", "log"));

    private static Sign sign(String name, Set<Form> forms, String term, String id) {
        return new Sign(Pattern.compile(name), forms, term, id);
    }

    /** What a column of this name and type says of what it holds. */
    static Optional<Sign> of(CatalogueColumn column) {
        Form form = Form.of(column);
        String name = ColumnGuess.snake(column.name());
        return ALL.stream()
                .filter(sign ->
                        sign.forms().contains(form) && sign.name().matcher(name).matches())
                .findFirst();
    }

    /** What sampled values are said to look like. */
    static Optional<Sign> called(String id) {
        return ALL.stream().filter(sign -> sign.id().equals(id)).findFirst();
    }
}
