package dev.kept.core.constraint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expressions as PostgreSQL 18 prints them, evaluated where {@code n} is NULL, {@code e} is {@code ''} and {@code o} is anything. */
class EvaluationTest {

    private static final TypedValues TYPES = new TypedValues(Set.of("shop.state"));
    private static final Map<String, Value> COLUMNS = Map.ofEntries(
            Map.entry("n", Value.NULL),
            Map.entry("e", new Value.Known("")),
            Map.entry("email", new Value.Known("erased@erased.invalid")),
            Map.entry("zero", TYPES.read("integer", "0")),
            Map.entry("price", TYPES.read("numeric(10,2)", "1")),
            Map.entry("flag", new Value.Known(false)),
            Map.entry("day", TYPES.read("date", "1970-01-01")),
            Map.entry("at", TYPES.read("timestamp with time zone", "1970-01-01 00:00:00+00")),
            Map.entry("local", TYPES.read("timestamp without time zone", "1970-01-01 00:00:00")),
            Map.entry("doc", TYPES.read("jsonb", "{}")),
            Map.entry("filled", TYPES.read("jsonb", "{\"a\": \"b\", \"n\": null}")),
            Map.entry("tags", TYPES.read("text[]", "{}")),
            Map.entry("some", TYPES.read("text[]", "{a,\"b c\"}")),
            Map.entry("code", TYPES.read("character(2)", "XX")),
            Map.entry("half", TYPES.read("character(4)", "X")),
            Map.entry("state", TYPES.read("shop.state", "open")),
            Map.entry("ip", TYPES.read("inet", "0.0.0.0")),
            Map.entry("Name on Card", new Value.Known("erased")),
            Map.entry("o", new Value.Any(true)),
            Map.entry("must", new Value.Any(false)));

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                // comparisons and NULL
                "(n > 0) ; N",
                "(zero >= 0) ; T",
                "(zero > 0) ; F",
                "(price > (0)::numeric) ; T",
                "((zero >= 0) AND (zero <= 10)) ; T",
                "(zero BETWEEN 1 AND 5) ; F",
                "(n IS NULL) ; T",
                "(n IS NOT NULL) ; F",
                "(o IS NOT NULL) ; TF",
                "(must IS NOT NULL) ; T",
                "(o > 0) ; TNF",
                "(must > 0) ; TNF",
                "(n > o) ; N",
                "((n IS NULL) = (o IS NULL)) ; TNF",
                "((n IS NULL) = (n IS NULL)) ; T",
                "(n IS DISTINCT FROM 'x'::text) ; T",
                "(e IS DISTINCT FROM ''::text) ; F",
                "(n IS DISTINCT FROM o) ; TF",
                "(flag IS NOT TRUE) ; T",
                "(o IS NOT UNKNOWN) ; TF",
                "(NOT flag) ; T",
                // connectives
                "((n IS NULL) OR (o > 0)) ; T",
                "((n IS NOT NULL) AND (o > 0)) ; F",
                "((n > 0) OR (o > 0)) ; TN",
                "((n > 0) AND (o > 0)) ; NF",
                "((o > 0) OR (o <= 0)) ; TNF",
                "(n OR flag) ; N",
                // texts
                "(e <> ''::text) ; F",
                "((e)::text = ''::text) ; T",
                "(length(e) > 0) ; F",
                "(length((email)::text) <= 254) ; T",
                "(char_length(TRIM(BOTH FROM e)) > 0) ; F",
                "(POSITION(('@'::text) IN (email)) > 1) ; T",
                "(strpos((email)::text, '@'::text) > 0) ; T",
                "(lower(email) = email) ; T",
                "(upper((code)::text) = (code)::text) ; T",
                "(\"left\"(email, 6) = 'erased'::text) ; T",
                "(SUBSTRING(email FROM 1 FOR 1) = 'e'::text) ; T",
                "((email || '.'::text) = 'erased@erased.invalid.'::text) ; T",
                "(btrim(\"Name on Card\") <> ''::text) ; T",
                "(octet_length('é'::text) = 2) ; T",
                "(email < 'f'::text) ; TNF",
                "((email)::text = (email COLLATE \"C\")) ; T",
                "(email = (email COLLATE \"de-x-icu\")) ; TNF",
                // lists
                "(e = ANY (ARRAY['new'::text, 'open'::text])) ; F",
                "((e)::text = ANY ((ARRAY['new'::character varying, ''::character varying])::text[])) ; T",
                "(e <> ALL (ARRAY['new'::text, 'open'::text])) ; T",
                "(n = ANY (ARRAY['new'::text, 'open'::text])) ; N",
                "(e = ANY ('{new,\"\"}'::text[])) ; T",
                "(e = ANY (ARRAY['new'::text, NULL::text])) ; N",
                "(zero = ANY (ARRAY[1, 2])) ; F",
                "(code = ANY (ARRAY['EUR'::bpchar, 'XX'::bpchar])) ; T",
                "(state = 'open'::shop.state) ; T",
                "(state = ANY (ARRAY['paid'::shop.state, 'shipped'::shop.state])) ; F",
                "(ip = '0.0.0.0'::inet) ; T",
                "(ip <> '10.0.0.1'::inet) ; TNF",
                // patterns
                "(e ~~ '%@%'::text) ; F",
                "(email ~~ '%@%.%'::text) ; T",
                "((email)::text !~~ '% %'::text) ; T",
                "(email ~~* 'ERASED%'::text) ; T",
                "(n ~~ '$argon2id$%'::text) ; N",
                "(email ~~ 'erased\\@%'::text) ; T",
                "(VALUE ~ '^[^@[:space:]]+@[^@[:space:]]+\\.[^@[:space:]]+$'::text) ; TNF",
                "(email ~ '^[^@[:space:]]+@[^@[:space:]]+\\.[^@[:space:]]+$'::text) ; T",
                "(email ~* '^[A-Z0-9._%-]+@[A-Z0-9.-]+[.][A-Z]+$'::text) ; T",
                "(e ~ '^[A-Z]{2}$'::text) ; F",
                "(code ~ '^[A-Z]{2}$'::text) ; T",
                "(half ~ '^X$'::text) ; TNF",
                "(half = 'X'::bpchar) ; T",
                "(length(half) = 1) ; T",
                "((half)::text = 'X'::text) ; T",
                "(e !~ '[[:digit:]]'::text) ; T",
                "(email ~ '^\\w+@\\w+\\.\\w+$'::text) ; T",
                "(email ~ '(?i)ERASED'::text) ; TNF",
                "(email ~ '[[.hyphen.]]'::text) ; TNF",
                "(email ~ '\\merased'::text) ; TNF",
                "((e ~ '^\\+[0-9]{6,15}$'::text) OR (e = ''::text)) ; T",
                // dates
                "(day <= CURRENT_DATE) ; T",
                "(at <= now()) ; T",
                "(day > CURRENT_DATE) ; F",
                "(day > '1900-01-01'::date) ; T",
                "(local >= '1970-01-01 00:00:00'::timestamp without time zone) ; T",
                "(at >= '2000-01-01 00:00:00+00'::timestamp with time zone) ; F",
                "(day > at) ; TNF",
                "(EXTRACT(year FROM day) >= (1900)::numeric) ; T",
                "(date_part('year'::text, day) >= (1900)::double precision) ; T",
                // documents and arrays
                "(jsonb_typeof(doc) = 'object'::text) ; T",
                "(doc ? 'email'::text) ; F",
                "((filled ->> 'a'::text) = 'b'::text) ; T",
                "((filled ->> 'n'::text) IS NULL) ; T",
                "(cardinality(tags) > 0) ; F",
                "('b c'::text = ANY (some)) ; T",
                "(num_nonnulls(n, e) = 1) ; T",
                "(num_nulls(n, o) <= 1) ; TNF",
                "(COALESCE(n, 0) = 0) ; T",
                "(COALESCE(n, o, must) IS NOT NULL) ; T",
                // arithmetic
                "((zero + 1) > 0) ; T",
                "((zero % 2) = 0) ; T",
                "((price * (2)::numeric) = 2.00) ; T",
                "(abs(zero - 1) = 1) ; T",
                "(- zero = 0) ; T",
                "((zero + 1) / 2 = 0) ; TNF",
                // branches
                "CASE WHEN (n IS NULL) THEN true ELSE (o > 0) END ; T",
                "CASE WHEN (o IS NULL) THEN true ELSE (zero = 0) END ; T",
                "CASE zero WHEN 1 THEN true ELSE false END ; F",
                // what is not understood
                "is_valid(e) ; TNF",
                "(public.is_valid(e) OR (n IS NULL)) ; TNF",
                "(is_valid(e) OR (n IS NULL)) ; T",
                "(is_valid(e) AND (n IS NOT NULL)) ; F",
                "((n IS NULL) OR ((e)::xml IS DOCUMENT)) ; TNF",
                "(doc @> '{}'::jsonb) ; TNF",
                "((e)::integer > 0) ; TNF",
                "(e OPERATOR(public.=) 'x'::public.citext) ; TNF",
                "(day + '1 day'::interval > day) ; TNF",
                "(missing = 1) ; TNF"
            })
    void the_answer_holds_whatever_the_unknown_columns_are(String expression, String expected) {
        Set<Ternary> possible = EnumSet.noneOf(Ternary.class);
        expected.chars().forEach(c -> possible.add(c == 'T' ? Ternary.TRUE : c == 'F' ? Ternary.FALSE : Ternary.NULL));
        assertThat(truths(expression)).isEqualTo(possible);
    }

    private static Set<Ternary> truths(String text) {
        try {
            return new Evaluation(name -> COLUMNS.getOrDefault(name, Value.UNCLEAR), TYPES)
                    .of(ExpressionParser.parse(text))
                    .truths();
        } catch (NotUnderstood e) {
            return EnumSet.allOf(Ternary.class);
        }
    }

    @Test
    void endless_nesting_is_not_understood() {
        assertThat(truths("(".repeat(5_000) + "true" + ")".repeat(5_000))).hasSize(3);
        assertThat(truths("NOT ".repeat(5_000) + "true")).hasSize(3);
        assertThat(truths("'no end")).hasSize(3);
    }
}
