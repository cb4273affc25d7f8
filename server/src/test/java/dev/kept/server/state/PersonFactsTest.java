package dev.kept.server.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.lifecycle.Facts.PersonFact;
import dev.kept.core.lifecycle.Facts.What;
import dev.kept.stores.embedded.TestCluster;
import dev.kept.stores.embedded.TestDatabase;
import java.time.InstantSource;
import java.util.List;
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
            facts.apply(List.of(
                    facts.remove("shop", "customer", key, new What.Erased()),
                    facts.remove("shop", "customer", key, new What.Ended("ads"))));
            assertThat(state.facts("shop").persons())
                    .containsExactly(new PersonFact(new What.Ended("newsletter"), "customer", List.of(key)));
        }
    }
}
