package dev.kept.server.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.lifecycle.Facts.PersonFact;
import dev.kept.core.lifecycle.Facts.What;
import dev.kept.server.state.PersonFacts.Known;
import dev.kept.server.state.PersonFacts.Request;
import dev.kept.stores.embedded.TestCluster;
import dev.kept.stores.embedded.TestDatabase;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PersonFactsTest {

    @Test
    void fact_stands_until_it_is_removed_and_others_of_the_person_stay() {
        try (TestDatabase database = TestCluster.shared().freshDatabase();
                State state =
                        State.open(database.jdbcUrl(), database.user(), database.password(), InstantSource.system())) {
            PersonFacts facts = state.personFacts();
            List<String> key = List.of("17", "a,b \"c\" {d}");
            UUID run = UUID.randomUUID();
            facts.apply(List.of(
                    facts.add("shop", "customer", key, new What.Erased(), run),
                    facts.add("shop", "customer", key, new What.Erased(), run),
                    facts.add("shop", "customer", key, new What.Ended("newsletter"), run),
                    facts.add("shop", "customer", key, new What.Ended("ads"), run)));
            assertThat(state.facts("shop").persons()).hasSize(3);
            Request erased = facts.standing("shop", 10).getFirst();
            facts.apply(List.of(facts.remove(erased)));
            assertThat(state.facts("shop").persons())
                    .containsExactlyInAnyOrder(
                            new PersonFact(new What.Ended("newsletter"), "customer", List.of(key)),
                            new PersonFact(new What.Ended("ads"), "customer", List.of(key)));
        }
    }

    @Test
    void a_restriction_is_lifted_for_one_person_and_what_is_known_of_her_is_listed() {
        Instant since = Instant.parse("2027-03-01T12:00:00.123456Z");
        try (TestDatabase database = TestCluster.shared().freshDatabase();
                State state = State.open(
                        database.jdbcUrl(), database.user(), database.password(), InstantSource.fixed(since))) {
            PersonFacts facts = state.personFacts();
            List<String> anna = List.of("17", "a,b");
            UUID run = UUID.randomUUID();
            facts.apply(List.of(
                    facts.add("shop", "customer", anna, new What.Restricted(), run),
                    facts.add("shop", "customer", anna, new What.Ended("newsletter"), run),
                    facts.add("shop", "customer", List.of("18", "a,b"), new What.Restricted(), run)));
            UUID request = UUID.randomUUID();
            facts.apply(List.of(facts.addFor(request, "shop", "customer", anna, new What.Objected("research"))));
            Known ended = new Known(new What.Ended("newsletter"), since, Optional.empty());
            Known objected = new Known(new What.Objected("research"), since, Optional.of(request));
            assertThat(facts.of("shop", "customer", anna))
                    .containsExactly(ended, objected, new Known(new What.Restricted(), since, Optional.empty()));
            StateChange lifted = facts.remove("shop", "customer", anna, new What.Restricted());
            facts.apply(List.of(lifted, lifted));
            assertThat(facts.of("shop", "customer", anna)).containsExactly(ended, objected);
            facts.apply(List.of(facts.remove("shop", "customer", anna, new What.Objected("research"))));
            assertThat(facts.of("shop", "customer", anna)).containsExactly(ended);
            assertThat(facts.of("shop", "customer", List.of("18", "a,b"))).hasSize(1);
            assertThat(facts.of("crm", "customer", anna)).isEmpty();
        }
    }

    @Test
    void requests_that_stand_are_looked_at_in_turn() {
        try (TestDatabase database = TestCluster.shared().freshDatabase();
                State state =
                        State.open(database.jdbcUrl(), database.user(), database.password(), InstantSource.system())) {
            PersonFacts facts = state.personFacts();
            for (String key : List.of("1", "2", "3")) {
                facts.apply(List.of(facts.add("shop", "customer", List.of(key), new What.Erased(), UUID.randomUUID())));
            }
            facts.apply(List.of(
                    facts.add("shop", "customer", List.of("4"), new What.Restricted(), UUID.randomUUID()),
                    facts.add("crm", "customer", List.of("5"), new What.Erased(), UUID.randomUUID())));
            List<String> looked = new ArrayList<>();
            for (int sweep = 0; sweep < 6; sweep++) {
                Request next = facts.standing("shop", 1).getFirst();
                looked.add(next.fact().keys().getFirst().getFirst());
                facts.apply(List.of(facts.looked(List.of(next.id()))));
            }
            assertThat(looked).containsExactly("1", "2", "3", "1", "2", "3");
        }
    }
}
