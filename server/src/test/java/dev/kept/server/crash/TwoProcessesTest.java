package dev.kept.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.stores.embedded.TestCluster;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two Kept processes on one store never do a step twice. */
class TwoProcessesTest {

    private static final String[] SWEEP = {"sweep", "--operator", "Anna"};
    private static final String MIDDLE = "NUMBERED 2 answered";

    @TempDir
    static Path folder;

    private static Site site;
    private static Map<String, List<String>> expected;
    private static Map<String, Long> counted;

    @BeforeAll
    static void sweep_one_shop_without_interruption() {
        site = new Site(TestCluster.shared(), TestCluster.shared(), folder);
        try (CornerShop shop = site.open()) {
            Checks.done(shop.kept(SWEEP));
            expected = shop.rows(Map.of());
            counted = shop.counted();
        }
    }

    @Test
    void the_second_says_that_another_is_at_work_and_changes_nothing() {
        try (CornerShop shop = site.open();
                KeptProcess first = shop.start(MIDDLE, SWEEP)) {
            first.awaitReady().go();
            assertThat(first.awaitHeld()).isTrue();

            CornerShop.Said second = shop.kept(SWEEP);

            assertThat(second.exit()).isEqualTo(2);
            assertThat(second.err()).contains("another Kept process is at work", "try: wait until it is done");
            Checks.done(first.go().end());
            assertFinishedOnce(shop);
        }
    }

    @Test
    void a_process_that_gave_no_sign_of_life_is_fenced_out_before_it_commits() {
        try (CornerShop shop = site.open();
                KeptProcess first = shop.start(MIDDLE, SWEEP)) {
            first.awaitReady().go();
            assertThat(first.awaitHeld()).isTrue();
            shop.state().execute("UPDATE kept.run SET lease_until = now() - interval '1 minute'");

            CornerShop.Said second = shop.kept(SWEEP);

            Checks.done(second);
            assertThat(second.out()).contains("First finished");
            CornerShop.Said late = first.go().end();
            assertThat(late.exit()).isEqualTo(2);
            assertThat(late.err()).contains("error: ", "try: ").doesNotContain("did not foresee");
            assertFinishedOnce(shop);
        }
    }

    private static void assertFinishedOnce(CornerShop shop) {
        assertThat(shop.rows(Map.of())).isEqualTo(expected);
        assertThat(shop.counted()).isEqualTo(counted);
        Checks.nothingIsLeftOver(shop);
    }
}
