package dev.kept.core.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.doctor.ServerFacts.Copies;
import dev.kept.core.doctor.ServerFacts.Link;
import dev.kept.core.doctor.ServerFacts.Replica;
import dev.kept.core.doctor.ServerFacts.Role;
import dev.kept.core.doctor.ServerFacts.Server;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What no server at hand is: a standby, an old one, one far away, one with replicas. */
class ServerFindingsTest {

    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private static final Link NEAR = new Link(false, Optional.empty(), false);

    private static Server server(int number, boolean standby, Instant time) {
        return new Server(
                number, number / 10_000 + ".1", "shop", Optional.of("7"), "UTF8", standby, time, true, 0, List.of());
    }

    private static ServerFacts facts(Server server, Link link, Map<String, String> settings, List<Replica> replicas) {
        return new ServerFacts(
                server,
                new Role("kept", false, false, -1, Optional.empty(), List.of(), false, true),
                link,
                settings,
                Map.of(),
                new Copies(List.of(), replicas, List.of(), List.of()),
                List.of());
    }

    private static List<String> found(Server server, Link link) {
        return ServerFindings.of(facts(server, link, Map.of(), List.of()), NOW).stream()
                .map(finding -> finding.level() + " " + finding.code())
                .toList();
    }

    private static List<Finding> copies(Map<String, String> settings, Replica... replicas) {
        return StoreFindings.of(facts(server(180_001, false, NOW), NEAR, settings, List.of(replicas)), Set.of(), true);
    }

    @Test
    void a_near_primary_of_a_tested_version_has_nothing() {
        assertThat(found(server(150_001, false, NOW), NEAR)).isEmpty();
        assertThat(found(server(180_001, false, NOW.plusSeconds(29)), NEAR)).isEmpty();
    }

    @Test
    void versions_that_are_too_old_and_untested_ones_are_told_apart() {
        assertThat(found(server(140_020, false, NOW), NEAR)).containsExactly("PROBLEM server-too-old");
        assertThat(found(server(190_000, false, NOW), NEAR)).containsExactly("NOTE server-newer");
    }

    @Test
    void a_standby_and_a_clock_that_is_off_are_found() {
        assertThat(found(server(180_001, true, NOW), NEAR)).containsExactly("PROBLEM standby");
        assertThat(found(server(180_001, false, NOW.minusSeconds(31)), NEAR)).containsExactly("RISK clock");
    }

    @Test
    void a_way_to_another_machine_is_encrypted_and_checked_or_said_not_to_be() {
        assertThat(found(server(180_001, false, NOW), new Link(true, Optional.empty(), false)))
                .containsExactly("RISK unencrypted");
        assertThat(found(server(180_001, false, NOW), new Link(true, Optional.of("TLSv1.3"), false)))
                .containsExactly("RISK unverified");
        assertThat(found(server(180_001, false, NOW), new Link(true, Optional.of("TLSv1.3"), true)))
                .isEmpty();
    }

    private static List<String> waiting(Map<String, String> settings, Replica... replicas) {
        return ServerFindings.of(facts(server(180_001, false, NOW), NEAR, settings, List.of(replicas)), NOW).stream()
                .filter(Finding::counts)
                .map(Finding::code)
                .toList();
    }

    @Test
    void replicas_that_the_role_may_not_look_at_are_counted_and_not_guessed_at() {
        Replica hidden = new Replica(Optional.empty(), Optional.empty(), Optional.empty());
        assertThat(copies(Map.of(), hidden)).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo("replicas");
            assertThat(finding.counts()).isFalse();
            assertThat(finding.fix()).containsExactly("GRANT pg_read_all_stats TO kept");
        });
        assertThat(waiting(Map.of("synchronous_standby_names", "a"), hidden)).isEmpty();
    }

    @Test
    void a_standby_that_commits_wait_for_and_that_is_not_there_is_found_whatever_the_roles_own_commits_wait_for() {
        Replica async = new Replica(Optional.of("berlin"), Optional.of("streaming"), Optional.of("async"));
        Replica sync = new Replica(Optional.of("a"), Optional.of("streaming"), Optional.of("sync"));
        for (String commit : List.of("on", "off", "local", "remote_apply")) {
            Map<String, String> settings = Map.of("synchronous_standby_names", "a", "synchronous_commit", commit);
            assertThat(waiting(settings, async)).as(commit).containsExactly("synchronous-standby");
            assertThat(waiting(settings)).as(commit).containsExactly("synchronous-standby");
            assertThat(waiting(settings, sync)).as(commit).isEmpty();
        }
        assertThat(waiting(Map.of("synchronous_standby_names", ""), async)).isEmpty();
    }

    @Test
    void plans_in_the_log_are_found_where_auto_explain_is_loaded_and_on() {
        assertThat(waiting(Map.of("auto_explain.log_min_duration", "-1"))).isEmpty();
        assertThat(waiting(Map.of("auto_explain.log_min_duration", "0"))).containsExactly("log-keeps-values");
        assertThat(ServerFindings.of(
                        facts(
                                server(180_001, false, NOW),
                                NEAR,
                                Map.of(
                                        "auto_explain.log_min_duration",
                                        "100",
                                        "auto_explain.log_parameter_max_length",
                                        "-1"),
                                List.of()),
                        NOW))
                .singleElement()
                .satisfies(finding -> assertThat(finding.what()).contains("with their parameters"));
    }
}
