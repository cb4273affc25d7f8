package dev.kept.server.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kept.server.failure.CannotRun;
import dev.kept.server.state.State;
import dev.kept.stores.embedded.TestCluster;
import dev.kept.stores.embedded.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who may do what, all of it, written down a second time; and that nobody hands on more than they hold. */
class PermissionsTest {

    private static final String TABLE = """
            action              officer engineer auditor support
            see-overview        x       x        x       x
            see-map             x       x        x       x
            see-schedule        x       x        x       x
            see-sweeps          x       x        x       -
            look-ahead          x       x        -       -
            start-sweep         x       x        -       -
            approve-sweep       x       x        -       -
            see-holds           x       x        x       -
            see-held-records    x       x        -       -
            open-hold           x       x        -       -
            lift-hold           x       x        -       -
            see-doubts          x       x        x       -
            see-doubtful        x       x        -       -
            decide-doubt        x       x        -       -
            see-promises        x       x        x       -
            see-ledger          x       x        x       -
            verify-ledger       x       x        x       -
            check-contact       x       -        -       -
            see-settings        x       x        x       -
            see-requests        x       x        x       x
            see-persons         x       -        -       x
            enter-request       x       -        -       x
            prove-identity      x       -        -       x
            ask-back            x       -        -       x
            note                x       -        -       x
            approve-request     x       -        -       -
            refuse-request      x       -        -       -
            extend-request      x       -        -       -
            hold-request        x       -        -       -
            retry-request       x       x        -       -
            tell-recipient      x       -        -       x
            see-keys            x       x        x       -
            grant-key           x       -        -       -
            revoke-key          x       -        -       -
            """;

    private final TestDatabase database = TestCluster.shared().freshDatabase();
    private Instant now = Instant.parse("2027-03-01T10:00:00Z");
    private final State state = State.open(database.jdbcUrl(), database.user(), database.password(), () -> now);
    private final ApiKeys keys = new ApiKeys(state);

    @AfterEach
    void stop() {
        state.close();
        database.close();
    }

    private static Caller caller(Role role) {
        return new Caller(List.of("Ann Lee"), role.word(), Permissions.of(Set.of(role)));
    }

    @Test
    void each_role_may_do_exactly_what_the_table_says() {
        Map<Role, Set<Action>> written = new EnumMap<>(Role.class);
        List<String> lines = TABLE.lines().toList();
        String[] roles = lines.getFirst().trim().split(" +");
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.trim().split(" +");
            for (int column = 1; column < cells.length; column++) {
                Set<Action> actions = written.computeIfAbsent(
                        Role.of(roles[column]).orElseThrow(), role -> EnumSet.noneOf(Action.class));
                if (cells[column].equals("x")) {
                    actions.add(Action.of(cells[0]).orElseThrow());
                }
            }
        }
        assertThat(lines).hasSize(Action.values().length + 1);
        for (Role role : Role.values()) {
            assertThat(Permissions.of(Set.of(role))).as(role.word()).isEqualTo(written.get(role));
        }
        assertThat(Permissions.of(Set.of())).isEmpty();
    }

    @Test
    void an_auditor_sees_no_person_and_changes_nothing() {
        assertThat(Permissions.of(Set.of(Role.AUDITOR))).noneMatch(Action::personal);
        assertThat(Permissions.of(Set.of(Role.AUDITOR))).noneMatch(Action::changes);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void nobody_grants_more_than_they_hold(Role role) {
        Caller caller = caller(role);
        for (Action action : Action.values()) {
            boolean may = caller.mayGrant(Set.of(action));
            assertThat(may)
                    .as("%s grants %s", role, action)
                    .isEqualTo(caller.may(Action.GRANT_KEY) && caller.may(action));
            if (!may) {
                assertThatThrownBy(() -> keys.grant(caller, "program", Set.of(action), now.plus(Duration.ofDays(1))))
                        .isInstanceOf(CannotRun.class);
            }
        }
    }

    @Test
    void a_key_that_may_grant_hands_on_no_more_than_it_holds() {
        ApiKeys.Granted parent = keys.grant(
                caller(Role.OFFICER),
                "parent",
                Set.of(Action.GRANT_KEY, Action.SEE_REQUESTS),
                now.plus(Duration.ofDays(1)));
        Caller program = keys.caller("Bearer " + parent.secret()).orElseThrow();

        assertThat(program.actions()).containsExactlyInAnyOrder(Action.GRANT_KEY, Action.SEE_REQUESTS);
        assertThatThrownBy(() -> keys.grant(program, "child", Set.of(Action.SEE_PERSONS), now.plus(Duration.ofDays(1))))
                .hasMessageContaining("nobody grants more than they hold");
        assertThat(keys.grant(program, "child", Set.of(Action.SEE_REQUESTS), now.plus(Duration.ofDays(1))))
                .isNotNull();
    }

    @Test
    void a_key_is_shown_once_ends_and_can_be_revoked() {
        Caller officer = caller(Role.OFFICER);
        ApiKeys.Granted key = keys.grant(officer, "crm", Set.of(Action.SEE_REQUESTS), now.plus(Duration.ofDays(1)));
        String rows = state.database()
                .withHandle(handle -> handle.createQuery("select string_agg(k::text, ' ') from kept.api_key k")
                        .mapTo(String.class)
                        .one());

        assertThat(rows).doesNotContain(key.secret().substring(ApiKeys.PREFIX.length()));
        assertThat(key.toString()).doesNotContain(key.secret());
        assertThat(keys.list(Optional.empty(), 9).getFirst().name()).isEqualTo("crm");
        assertThat(keys.caller("Bearer " + key.secret()).orElseThrow().role()).isEqualTo("key");
        assertThat(keys.caller("bearer " + key.secret())).isEmpty();
        assertThat(keys.caller("Bearer " + key.secret() + "A")).isEmpty();
        assertThat(keys.caller("")).isEmpty();

        now = now.plus(Duration.ofDays(1));
        assertThat(keys.caller("Bearer " + key.secret())).isEmpty();

        ApiKeys.Granted other = keys.grant(officer, "crm", Set.of(Action.SEE_REQUESTS), now.plus(Duration.ofDays(1)));
        assertThat(keys.revoke(officer, other.id())).isTrue();
        assertThat(keys.revoke(officer, other.id())).isFalse();
        assertThat(keys.revoke(officer, UUID.randomUUID())).isFalse();
        assertThat(keys.caller("Bearer " + other.secret())).isEmpty();
        assertThat(state.journal().latest("key-revoked", 5)).hasSize(1);
        assertThat(state.journal().latest("key-granted", 5))
                .allSatisfy(entry -> assertThat(entry.json()).doesNotContain("crm", "Ann"));
    }

    @Test
    void a_key_has_a_name_a_purpose_and_an_end_within_a_year() {
        Caller officer = caller(Role.OFFICER);
        Instant soon = now.plus(Duration.ofDays(1));
        assertThatThrownBy(() -> keys.grant(officer, " ", Set.of(Action.SEE_MAP), soon))
                .hasMessageContaining("a name");
        assertThatThrownBy(() -> keys.grant(officer, "x".repeat(101), Set.of(Action.SEE_MAP), soon))
                .hasMessageContaining("a name");
        assertThatThrownBy(() -> keys.grant(officer, "crm", Set.of(), soon)).hasMessageContaining("good for nothing");
        assertThatThrownBy(() -> keys.grant(officer, "crm", Set.of(Action.SEE_MAP), now))
                .hasMessageContaining("within a year");
        assertThatThrownBy(() -> keys.grant(officer, "crm", Set.of(Action.SEE_MAP), now.plus(Duration.ofDays(367))))
                .hasMessageContaining("within a year");
    }
}
