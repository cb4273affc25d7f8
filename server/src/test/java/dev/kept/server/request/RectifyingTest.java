package dev.kept.server.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.rights.request.Ask;
import dev.kept.core.rights.request.Identity;
import dev.kept.core.rights.request.Kind;
import dev.kept.stores.postgres.session.FaultPoints;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Corrections for a request: in the rows of who was proven to ask. */
class RectifyingTest {

    private static final Actor OFFICER = Actor.staff("officer", "Olga Officer", "called back");

    @TempDir
    private Path folder;

    private static StoredRequest proven(Bakery bakery, Map<String, List<List<String>>> keys) {
        StoredRequest asked = bakery.ask(Ask.of(Kind.RECTIFICATION), "nobody@example.org", Visits.secret());
        bakery.step();
        bakery.staff.prove(
                bakery.again(asked),
                Identity.Way.CALLED_BACK,
                new Lookup.Known(Map.of("shop", keys), Optional.empty()),
                OFFICER);
        bakery.step();
        return bakery.again(asked);
    }

    @Test
    void what_is_only_met_through_her_rows_is_not_corrected_for_who_has_not_proven_to_be_that_too() throws Exception {
        try (Bakery bakery = new Bakery(folder, "")) {
            Rectifying rectifying = new Rectifying(bakery.home().state(), FaultPoints.NONE);
            String wish = "set: {subscribers: {email: hill@example.org}}";
            StoredRequest customer = proven(bakery, Map.of("customer", List.of(List.of("1"))));

            Rectifying.Rectified refused = rectifying.correct(
                    customer, Workplace.of(bakery.home()).store("shop").orElseThrow(), wish, false, OFFICER);

            assertThat(refused.done()).isFalse();
            assertThat(bakery.company().rows("shop", "select email from subscribers order by 1"))
                    .containsExactly("anna@example.org", "ben@example.org");

            StoredRequest both = proven(
                    bakery,
                    Map.of("customer", List.of(List.of("1")), "subscriber", List.of(List.of("anna@example.org"))));
            assertThat(rectifying
                            .correct(
                                    both,
                                    Workplace.of(bakery.home()).store("shop").orElseThrow(),
                                    wish,
                                    false,
                                    OFFICER)
                            .problems())
                    .isEmpty();
        }
    }
}
