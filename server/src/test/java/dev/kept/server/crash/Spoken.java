package dev.kept.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.stores.embedded.TestCluster;

/** How a command may speak when something has failed. */
final class Spoken {

    private Spoken() {}

    /** One sentence and what to try, neither a person nor a password; and never “Done” where it is not. */
    static void discreetly(Mill.Said said) {
        assertThat(said.out() + said.err())
                .doesNotContain("did not foresee")
                .doesNotContain("Surname")
                .doesNotContain("mill.example")
                .doesNotContain(TestCluster.shared().postgres().password().reveal())
                .doesNotContain("jdbc:postgresql://127")
                .doesNotContain("\tat ", "Exception");
        if (said.exit() == 2) {
            assertThat(said.err().lines().filter(line -> line.startsWith("error: ")))
                    .hasSize(1);
            assertThat(said.err().lines().filter(line -> line.startsWith("try: ")))
                    .hasSize(1);
            assertThat(said.err()
                            .lines()
                            .filter(line -> line.startsWith("try: "))
                            .findFirst()
                            .orElse(""))
                    .hasSizeGreaterThan("try: ".length());
        }
    }
}
