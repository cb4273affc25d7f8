package dev.kept.server.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.rights.request.Ask;
import dev.kept.core.rights.request.Kind;
import dev.kept.server.inform.Informed;
import dev.kept.server.inform.Told;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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
}
