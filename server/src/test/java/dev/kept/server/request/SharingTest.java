package dev.kept.server.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.rights.request.Ask;
import dev.kept.core.rights.request.Kind;
import dev.kept.core.rights.request.RefusalGround;
import dev.kept.server.configuration.Home;
import dev.kept.server.inform.Informed;
import dev.kept.server.inform.Told;
import dev.kept.server.run.LiveStore;
import dev.kept.server.state.StateChange;
import dev.kept.stores.postgres.session.FaultPoints;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recipients are told together with the answer: of what they received, and by what they know the person. */
class SharingTest {

    @TempDir
    private Path folder;

    private Bakery bakery;

    @BeforeEach
    void open() throws IOException {
        bakery = new Bakery(folder, "recipients: {mailer: {mail: privacy@mailer.example, language: de}}\n");
    }

    @AfterEach
    void close() {
        bakery.close();
    }

    private List<Told> told(StoredRequest request) {
        return new Informed(bakery.home().state()).of(request.id());
    }

    @Test
    void an_erasure_is_told_to_everybody_who_received_some_of_it() {
        StoredRequest proven = bakery.proven(Ask.of(Kind.ERASURE), "anna@example.org");
        assertThat(told(proven)).as("not before it is carried out").isEmpty();

        bakery.step();

        assertThat(bakery.again(proven).request().stage().word()).isEqualTo("answered");
        assertThat(told(proven)).extracting(Told::recipient).containsExactlyInAnyOrder("mailer", "carrier");
        assertThat(told(proven))
                .filteredOn(told -> told.recipient().equals("mailer"))
                .singleElement()
                .satisfies(mailer -> {
                    assertThat(mailer.way()).isEqualTo("mail");
                    assertThat(mailer.done()).isEqualTo("erasure");
                    assertThat(new Informed(bakery.home().state())
                                    .knownBy(mailer.id())
                                    .orElseThrow())
                            .containsOnlyKeys("email")
                            .containsEntry("email", "Anna@example.org");
                });
        assertThat(told(proven))
                .filteredOn(told -> told.recipient().equals("carrier"))
                .singleElement()
                .satisfies(carrier -> assertThat(carrier.reason()).contains("no-way"));
        bakery.step();
        assertThat(told(proven)).as("once").hasSize(2);
    }

    @Test
    void the_end_of_a_use_is_told_to_those_who_served_it() {
        StoredRequest proven = bakery.proven(new Ask(Kind.WITHDRAWAL, List.of("newsletter")), "anna@example.org");
        bakery.step();

        assertThat(told(proven)).extracting(Told::recipient).containsExactly("mailer");
    }

    @Test
    void a_restriction_is_told_as_one() {
        StoredRequest proven = bakery.proven(Ask.of(Kind.RESTRICTION), "anna@example.org");
        bakery.step();

        assertThat(told(proven))
                .extracting(Told::done)
                .containsOnly("restriction")
                .hasSize(2);
    }

    @Test
    void seeing_what_is_held_is_nobody_else_s_business() {
        StoredRequest proven = bakery.proven(Ask.of(Kind.ACCESS), "anna@example.org");
        bakery.step();

        assertThat(told(proven)).isEmpty();
    }

    private Rectifying.Rectified corrected(StoredRequest request, String set, FaultPoints faults) {
        Home home = bakery.home();
        BoundStore store = home.store(Optional.of("shop"));
        LiveStore live = LiveStore.open(home, store);
        return new Rectifying(home.state(), faults)
                .correct(bakery.again(request), live, set, false, Actor.staff("officer", "Mara", "for a request"));
    }

    private StoredRequest answered(StoredRequest request) {
        StoredRequest answered = bakery.staff.answer(
                bakery.again(request), "It is corrected.", Actor.staff("officer", "Mara", "answered"));
        bakery.step();
        return answered;
    }

    private StoredRequest rectification() {
        StoredRequest proven = bakery.proven(Ask.of(Kind.RECTIFICATION), "anna@example.org");
        bakery.step();
        return proven;
    }

    @Test
    void a_correction_is_told_to_those_alone_who_received_what_was_corrected() {
        StoredRequest request = rectification();
        assertThat(corrected(request, "set: {orders: {ship_to: Mill Lane 3}}", FaultPoints.NONE)
                        .done())
                .isTrue();

        answered(request);

        assertThat(told(request))
                .extracting(Told::recipient, Told::done)
                .containsExactly(tuple("carrier", "rectification"));
    }

    @Test
    void a_correction_that_stands_is_told_although_the_request_ends_otherwise() {
        StoredRequest withdrawn = rectification();
        corrected(withdrawn, "set: {orders: {ship_to: Mill Lane 3}}", FaultPoints.NONE);
        bakery.desk.withdraw(bakery.again(withdrawn));
        StoredRequest refused = rectification();
        corrected(refused, "set: {orders: {ship_to: Mill Lane 4}}", FaultPoints.NONE);
        bakery.staff.refuse(
                bakery.again(refused),
                RefusalGround.UNFOUNDED_OR_EXCESSIVE,
                "The rest is right.",
                Actor.staff("officer", "Mara", "seen"));
        StoredRequest nothing = rectification();
        bakery.desk.withdraw(bakery.again(nothing));

        bakery.step();
        bakery.step();

        assertThat(told(withdrawn)).extracting(Told::recipient).containsExactly("carrier");
        assertThat(told(refused)).extracting(Told::recipient).containsExactly("carrier");
        assertThat(told(nothing)).isEmpty();
        assertThat(bakery.work.due()).isFalse();
    }

    @Test
    void recipients_of_what_was_corrected_by_hand_hear_beside_what_kept_corrected() throws IOException {
        bakery.close();
        bakery = new Bakery(folder, "requests: {by-hand: {crm: correct the contact in the CRM}}\n");
        StoredRequest request = rectification();
        corrected(request, "set: {orders: {ship_to: Mill Lane 3}}", FaultPoints.NONE);

        answered(request);

        assertThat(told(request)).extracting(Told::recipient).containsExactlyInAnyOrder("mailer", "carrier");
    }

    @Test
    void nobody_hears_of_a_correction_of_somebody_whom_no_store_knows() throws IOException {
        bakery.close();
        bakery = new Bakery(folder, "requests: {by-hand: {crm: correct the contact in the CRM}}\n");
        StoredRequest request = bakery.desk.signedIn(
                Ask.of(Kind.RECTIFICATION),
                "en",
                new Lookup.Known(Map.of(), Optional.empty()),
                Visits.secret(),
                StateChange.of("update kept.request set tries = tries where false"));
        bakery.step();

        StoredRequest answered = answered(request);

        assertThat(bakery.again(answered).request().stage().word()).isEqualTo("answered");
        assertThat(told(request)).isEmpty();
        assertThat(bakery.work.due()).isFalse();
    }

    @Test
    void a_correction_that_nobody_can_settle_becomes_a_task_for_each_recipient_it_may_concern() {
        StoredRequest request = rectification();
        corrected(request, "set: {orders: {ship_to: Mill Lane 3}}", FaultPoints.NONE);
        state("update kept.correction set store = 'gone'; update kept.run set state = 'failed', store = 'gone'");
        bakery.desk.withdraw(bakery.again(request));
        bakery.step();
        assertThat(told(request)).as("it may be settled yet").isEmpty();

        bakery.turn(Corrections.LONGEST_UNKNOWN.plusDays(1));
        bakery.step();

        assertThat(told(request))
                .extracting(Told::recipient, told -> told.reason().orElse(""))
                .containsExactlyInAnyOrder(tuple("carrier", "not-known-what"), tuple("mailer", "not-known-what"));
    }

    private void state(String sql) {
        bakery.home()
                .state()
                .database()
                .useHandle(handle -> handle.createScript(sql).execute());
    }

    @Test
    void a_correction_of_what_nobody_received_is_told_to_nobody() {
        StoredRequest request = rectification();
        corrected(request, "set: {customers: {full_name: Anna Bergmann}}", FaultPoints.NONE);

        answered(request);

        assertThat(told(request)).isEmpty();
    }

    @Test
    void a_category_that_a_recipient_received_for_another_use_is_not_its_business() {
        StoredRequest request = rectification();
        corrected(request, "set: {customers: {email: anna.berg@example.org}}", FaultPoints.NONE);

        answered(request);

        assertThat(told(request))
                .as("the mailer has addresses of the newsletter, not of accounts")
                .isEmpty();
    }

    @Test
    void of_what_was_corrected_elsewhere_all_hear_who_received_something() {
        StoredRequest request = rectification();

        answered(request);

        assertThat(told(request)).extracting(Told::recipient).containsExactlyInAnyOrder("mailer", "carrier");
    }

    @Test
    void corrections_that_broke_off_are_settled_before_anybody_is_told() {
        for (FaultPoints.Point point : List.of(
                FaultPoints.Point.TRANSACTION_NUMBERED, FaultPoints.Point.PENDING_NOTED, FaultPoints.Point.COMMITTED)) {
            StoredRequest request = rectification();
            assertThatThrownBy(() -> corrected(request, "set: {orders: {ship_to: At " + point + "}}", reached -> {
                        if (reached == point) {
                            throw new IllegalStateException("killed at " + point);
                        }
                    }))
                    .isInstanceOf(IllegalStateException.class);

            answered(request);

            boolean stands = bakery.company()
                    .rows("shop", "select ship_to from orders where customer_id = 1")
                    .equals(List.of("At " + point));
            assertThat(stands).as(point.toString()).isEqualTo(point == FaultPoints.Point.COMMITTED);
            assertThat(told(request))
                    .as(point.toString())
                    .extracting(Told::recipient)
                    .contains("carrier")
                    .hasSize(stands ? 1 : 2);
            bakery.step();
            assertThat(told(request)).as("once").hasSize(stands ? 1 : 2);
        }
    }
}
