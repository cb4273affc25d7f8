package dev.kept.core.constraint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.constraint.Fit.To;
import dev.kept.core.constraint.Fit.ToKey;
import dev.kept.core.constraint.Fit.ToNull;
import dev.kept.core.datamap.Catalogue.Action;
import dev.kept.core.datamap.Catalogue.CatalogueColumn;
import dev.kept.core.datamap.Catalogue.CatalogueTable;
import dev.kept.core.datamap.Catalogue.Check;
import dev.kept.core.datamap.Catalogue.ForeignKey;
import dev.kept.core.datamap.Catalogue.UniqueKey;
import dev.kept.core.datamap.TableName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FitsTest {
    private final Map<String, CatalogueColumn> columns = new LinkedHashMap<>();
    private final List<String> key = new ArrayList<>();
    private final List<UniqueKey> unique = new ArrayList<>();
    private final List<ForeignKey> foreign = new ArrayList<>();
    private final List<Check> checks = new ArrayList<>();
    private final Set<String> personal = new java.util.LinkedHashSet<>();

    @BeforeEach
    void a_table_with_a_key() {
        column("id", "bigint", true);
        key.add("id");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                "text | null | - | NULL",
                "text | not null | - | ''",
                "text | null | (c <> ''::text) | NULL",
                "text | not null | (c <> ''::text) | 'erased'",
                "text | not null | (length(TRIM(BOTH FROM c)) > 0) | 'erased'",
                "text | not null | (c ~ '^[^@]+@[^@]+$'::text) | 'erased@erased.invalid'",
                "character varying(5) | not null | ((c)::text <> ''::text) | '-'",
                "text | not null | (c ~ '^[a-z0-9][a-z0-9._-]{2,39}$'::text) | 'erased'",
                "text | not null | (c ~ '^[0-9a-f]{64}$'::text) | '0000000000000000000000000000000000000000000000000000000000000000'",
                "character(2) | not null | - | ''",
                "character(2) | not null | (c ~ '^[A-Z]{2}$'::text) | 'XX'",
                "character(3) | not null | (c = ANY (ARRAY['EUR'::bpchar, 'DKK'::bpchar])) | refused: c_check",
                "text | not null | (c = ANY (ARRAY['a'::text, 'b'::text])) | refused: c_check",
                "text | null | (c = ANY (ARRAY['a'::text, 'b'::text])) | NULL",
                "text | not null | (c ~~ '$argon2id$%'::text) | refused: c_check",
                "text | null | (is_fine(c)) | refused: c_check",
                "text | not null | (is_fine(c)) | refused: c_check",
                "text | null | (c IS NOT NULL) | ''",
                "integer | not null | (c >= 0) | '0'",
                "integer | not null | (c > 0) | '1'",
                "smallint | not null | ((c >= 1) AND (c <= 5)) | '1'",
                "smallint | not null | ((c >= 10) AND (c <= 50)) | refused: c_check",
                "numeric(2,2) | not null | (c > (0)::numeric) | refused: c_check",
                "boolean | not null | - | 'false'",
                "boolean | not null | c | refused: c_check",
                "date | not null | (c <= CURRENT_DATE) | '1970-01-01'",
                "date | not null | (c >= '1900-01-01'::date) | '1970-01-01'",
                "timestamp with time zone | not null | - | '1970-01-01 00:00:00+00'",
                "jsonb | not null | (jsonb_typeof(c) = 'object'::text) | '{}'",
                "jsonb | not null | (jsonb_typeof(c) = 'array'::text) | '[]'",
                "uuid | not null | - | '00000000-0000-0000-0000-000000000000'",
                "text[] | not null | - | '{}'",
                "inet | not null | - | '0.0.0.0'",
                "bytea | not null | - | '\\x'",
                "public.geography | not null | - | refused: NOT NULL",
                "public.geography | null | - | NULL",
            })
    void a_neutral_value_that_is_known_to_satisfy_the_constraint(
            String type, String nullable, @org.jspecify.annotations.Nullable String check, String expected) {
        column("c", type, nullable.equals("not null"));
        if (check != null) {
            check("c_check", check, "c");
        }
        assertThat(shown("c", find(Map.of("c", new Wish.Fitting())))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "text | null | nulls distinct | NULL",
                "text | not null | nulls distinct | erased-{key}",
                "text | null | nulls not distinct | erased-{key}",
                "character varying(30) | not null | nulls distinct | erased-{key}",
                "character varying(20) | not null | nulls distinct | e{key}",
                "character varying(10) | not null | nulls distinct | refused: c_key",
                "bigint | not null | nulls distinct | -{key}",
                "integer | not null | nulls distinct | refused: c_key",
                "boolean | not null | nulls distinct | refused: c_key",
            })
    void a_column_that_must_stay_unique_is_made_from_the_key(
            String type, String nullable, String nulls, String expected) {
        column("c", type, nullable.equals("not null"));
        unique.add(new UniqueKey("c_key", List.of("c"), nulls.contains("not"), false, Optional.empty()));
        assertThat(shown("c", find(Map.of("c", new Wish.Fitting())))).isEqualTo(expected);
    }

    @Test
    void a_unique_address_keeps_the_form_that_its_domain_asks_for() {
        columns.put(
                "email",
                new CatalogueColumn(
                        "email",
                        "shop.email_address",
                        "text",
                        true,
                        false,
                        false,
                        List.of(
                                new Check(
                                        "email_address_check",
                                        List.of("VALUE"),
                                        "((VALUE ~ '^[^@[:space:]]+@[^@[:space:]]+\\.[^@[:space:]]+$'::text) AND (length(VALUE) <= 254))")),
                        List.of()));
        unique.add(new UniqueKey("customers_email_key", List.of("email"), false, false, Optional.empty()));
        unique.add(new UniqueKey(
                "customers_email_folded", List.of("lower(btrim(email::text))"), false, true, Optional.empty()));
        assertThat(fit("email")).isEqualTo(new ToKey("erased-", "@erased.invalid"));
    }

    @Test
    void an_expression_index_counts_as_unique() {
        column("email", "text", false);
        unique.add(new UniqueKey("email_folded", List.of("lower(email)"), false, true, Optional.empty()));
        assertThat(fit("email")).isEqualTo(new ToNull());
        column("email", "text", true);
        assertThat(fit("email")).isEqualTo(new ToKey("erased-", ""));
        unique.set(0, new UniqueKey("email_hash", List.of("my_hash(email)"), false, true, Optional.empty()));
        assertThat(shown("email", find(Map.of("email", new Wish.Fitting())))).isEqualTo("refused: email_hash");
    }

    @Test
    void a_partial_index_that_leaves_the_row_out_asks_nothing() {
        column("code", "text", true);
        column("active", "boolean", false);
        unique.add(new UniqueKey("code_key", List.of("code"), false, false, Optional.of("(active IS TRUE)")));
        assertThat(fit("code")).isEqualTo(new ToKey("erased-", ""));
        assertThat(find(Map.of("code", new Wish.Fitting(), "active", new Wish.Fitting()))
                        .fits())
                .isEqualTo(Map.of("code", new To(""), "active", new ToNull()));
    }

    @Test
    void of_several_unique_columns_one_is_enough() {
        column("draw_id", "integer", true);
        column("email", "text", true);
        column("phone", "text", false);
        unique.add(new UniqueKey("entries_key", List.of("draw_id", "email"), false, false, Optional.empty()));
        unique.add(new UniqueKey("other_key", List.of("phone", "email"), false, false, Optional.empty()));
        assertThat(find(Map.of("email", new Wish.Fitting(), "phone", new Wish.Fitting()))
                        .fits())
                .isEqualTo(Map.of("email", new ToKey("erased-", ""), "phone", new ToNull()));
        unique.remove(0);
        assertThat(find(Map.of("email", new Wish.Fitting(), "phone", new Wish.Fitting()))
                        .fits())
                .isEqualTo(Map.of("email", new To(""), "phone", new ToNull()));
    }

    @Test
    void a_unique_key_that_keeps_the_primary_key_holds_by_itself() {
        column("email", "text", true);
        unique.add(new UniqueKey("id_email_key", List.of("id", "email"), false, false, Optional.empty()));
        assertThat(fit("email")).isEqualTo(new To(""));
    }

    @Test
    void what_takes_the_place_of_a_value_that_met_somebody_is_no_value_that_a_person_is_cleared_to() {
        column("email", "text", false);
        assertThat(find(Map.of("email", new Wish.Nobodys(true))).fits()).containsEntry("email", new ToNull());
        Fit nobodys = find(Map.of("email", new Wish.Nobodys(false))).fits().get("email");
        assertThat(nobodys)
                .isInstanceOfSatisfying(
                        ToKey.class,
                        key -> assertThat(key.prefix()).startsWith("erased-").isNotEqualTo("erased-"));
        personal.add("id");
        assertThat(find(Map.of("email", new Wish.Nobodys(false))).fits().get("email"))
                .isInstanceOfSatisfying(
                        To.class, value -> assertThat(value.value()).startsWith("erased-"));
    }

    @Test
    void a_personal_key_is_no_stuff_to_make_values_from() {
        column("name", "text", true);
        unique.add(new UniqueKey("name_key", List.of("name"), false, false, Optional.empty()));
        personal.add("id");
        assertThat(shown("name", find(Map.of("name", new Wish.Fitting())))).isEqualTo("refused: name_key");
    }

    @Test
    void columns_forgotten_together_are_fitted_together() {
        column("redeemed_order_id", "bigint", false);
        column("redeemed_at", "timestamp with time zone", false);
        check(
                "vouchers_redeemed",
                "((redeemed_order_id IS NULL) = (redeemed_at IS NULL))",
                "redeemed_order_id",
                "redeemed_at");
        assertThat(find(Map.of("redeemed_order_id", new Wish.Null(), "redeemed_at", new Wish.Fitting()))
                        .fits())
                .isEqualTo(Map.of("redeemed_order_id", new ToNull(), "redeemed_at", new ToNull()));
        assertThat(shown("redeemed_order_id", find(Map.of("redeemed_order_id", new Wish.Null()))))
                .isEqualTo("refused: vouchers_redeemed");
        assertThat(fits().find(Map.of("redeemed_order_id", new Wish.Null()), Map.of("redeemed_at", new ToNull()))
                        .misfits())
                .isEmpty();
    }

    @Test
    void a_second_choice_is_taken_where_the_first_breaks_another_column() {
        column("kind", "text", false);
        column("body", "text", false);
        check("one_of_them", "((kind IS NOT NULL) OR (body IS NOT NULL))", "kind", "body");
        Fitted fitted = find(Map.of("kind", new Wish.Fitting(), "body", new Wish.Fitting()));
        assertThat(fitted.misfits()).isEmpty();
        assertThat(fitted.fits().values()).contains(new ToNull()).contains(new To(""));
    }

    @Test
    void a_check_with_a_column_that_stays_must_pass_whatever_it_is() {
        column("state", "text", true);
        column("closed_by", "text", false);
        check("closed", "((state <> 'closed'::text) OR (closed_by IS NOT NULL))", "state", "closed_by");
        assertThat(fit("closed_by")).isEqualTo(new To(""));
        column("opened_at", "date", true);
        column("answered_at", "date", true);
        check("order_of_dates", "(answered_at >= opened_at)", "answered_at", "opened_at");
        assertThat(shown("answered_at", find(Map.of("answered_at", new Wish.Fitting()))))
                .isEqualTo("refused: order_of_dates");
    }

    @Test
    void enumerations_get_null_or_what_the_map_names() {
        columns.put("mood", enumeration("mood", false));
        assertThat(fit("mood")).isEqualTo(new ToNull());
        columns.put("mood", enumeration("mood", true));
        assertThat(shown("mood", find(Map.of("mood", new Wish.Fitting())))).isEqualTo("refused: NOT NULL");
        assertThat(find(Map.of("mood", new Wish.Exactly("none"))).fits()).containsEntry("mood", new To("none"));
        assertThat(shown("mood", find(Map.of("mood", new Wish.Exactly("nome")))))
                .isEqualTo("refused: type shop.mood");
    }

    @Test
    void an_explicit_value_is_verified_the_same_way() {
        column("kind", "text", true);
        check("kind_check", "(kind = ANY (ARRAY['spam'::text, 'other'::text]))", "kind");
        assertThat(find(Map.of("kind", new Wish.Exactly("other"))).fits()).containsEntry("kind", new To("other"));
        assertThat(shown("kind", find(Map.of("kind", new Wish.Exactly(""))))).isEqualTo("refused: kind_check");
        column("nick", "text", true);
        unique.add(new UniqueKey("nick_key", List.of("nick"), false, false, Optional.empty()));
        assertThat(shown("nick", find(Map.of("nick", new Wish.Exactly("gone")))))
                .isEqualTo("refused: nick_key");
        assertThat(find(Map.of("nick", new Wish.Exactly("gone {key}"))).fits())
                .containsEntry("nick", new ToKey("gone ", ""));
    }

    @Test
    void a_foreign_key_column_can_only_become_null() {
        column("country", "text", true);
        foreign.add(new ForeignKey(
                "country_fkey",
                TableName.parse("t"),
                List.of("country"),
                TableName.parse("countries"),
                List.of("code"),
                Action.NO_ACTION,
                Action.NO_ACTION,
                false));
        assertThat(shown("country", find(Map.of("country", new Wish.Fitting()))))
                .isEqualTo("refused: country_fkey");
        column("country", "text", false);
        assertThat(fit("country")).isEqualTo(new ToNull());
    }

    @Test
    void a_misfit_of_one_column_leaves_the_others_fitted() {
        column("a", "public.geography", true);
        column("b", "text", true);
        Fitted fitted = find(Map.of("a", new Wish.Fitting(), "b", new Wish.Fitting()));
        assertThat(fitted.fits()).isEqualTo(Map.of("b", new To("")));
        assertThat(fitted.misfits()).singleElement().satisfies(misfit -> {
            assertThat(misfit.column()).isEqualTo("a");
            assertThat(misfit.attempt()).contains("cleared:");
        });
    }

    @Test
    void a_new_key_has_the_shape_that_its_constraints_ask_for() {
        column("email", "character varying(60)", true);
        check("email_check", "((email)::text ~ '^[^@]+@[^@]+$'::text)", "email");
        assertThat(fits().newKey("email")).contains(new NewKey("erased-", 32, "@erased.invalid"));
        column("code", "text", true);
        check("code_check", "(code ~ '^[0-9]{12}$'::text)", "code");
        assertThat(fits().newKey("code")).isEmpty();
        NewKey shape = new NewKey("erased-", 4, "!");
        assertThat(shape.of("abcdef")).isEqualTo("erased-abcd!");
        assertThat(shape.replaced("erased-abcd!")).isTrue();
        assertThat(shape.replaced("erased-anna!x")).isFalse();
    }

    private static CatalogueColumn enumeration(String name, boolean notNull) {
        return new CatalogueColumn(
                name, "shop.mood", "shop.mood", notNull, false, false, List.of(), List.of("good", "none"));
    }

    private void column(String name, String type, boolean notNull) {
        columns.put(name, new CatalogueColumn(name, type, type, notNull, false, false, List.of(), List.of()));
    }

    private void check(String name, String expression, String... of) {
        checks.add(new Check(name, List.of(of), expression));
    }

    private Fits fits() {
        return new Fits(
                new CatalogueTable(
                        TableName.parse("t"),
                        columns,
                        key,
                        unique,
                        foreign,
                        checks,
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        false,
                        -1,
                        -1),
                personal);
    }

    private Fitted find(Map<String, Wish> wishes) {
        return fits().find(wishes, Map.of());
    }

    private Fit fit(String column) {
        Fitted fitted = find(Map.of(column, new Wish.Fitting()));
        assertThat(fitted.misfits()).isEmpty();
        return java.util.Objects.requireNonNull(fitted.fits().get(column));
    }

    private static String shown(String column, Fitted fitted) {
        Fit fit = fitted.fits().get(column);
        return switch (fit) {
            case null -> "refused: " + fitted.misfits().getFirst().constraint();
            case ToNull() -> "NULL";
            case To(String value) -> "'" + value + "'";
            case ToKey(String prefix, String suffix) -> prefix + "{key}" + suffix;
        };
    }
}
