package dev.kept.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.rights.request.Kind;
import dev.kept.server.command.Company;
import dev.kept.server.inform.Informed;
import dev.kept.server.inform.Told;
import dev.kept.server.request.StoredRequest;
import dev.kept.server.signin.Role;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Staff see who was told of what a request changed and which letters came back, and say of whom nobody else can tell that it was told. */
class RecipientsTest {

    @TempDir
    private Path folder;

    private Mill mill;
    private StoredRequest erased;

    @BeforeEach
    void start() throws IOException {
        mill = Mill.withMailer(folder);
        erased = mill.planted(Kind.ERASURE);
        worked();
        Browser officer = mill.staff("Olga Officer", Role.OFFICER);
        officer.get("/console/requests/" + erased.number());
        officer.post("/console/requests/" + erased.number() + "/approve");
        worked();
    }

    @AfterEach
    void stop() {
        mill.close();
    }

    private void worked() {
        for (int i = 0; i < 3 && mill.office().due(); i++) {
            mill.office().work(mill.home, mill.complaints::add);
        }
    }

    private Told mailer() {
        return new Informed(mill.home.state()).of(erased.id()).getFirst();
    }

    private List<String> kept(String sql) {
        return Company.rows(mill.company.state(), sql);
    }

    @Test
    void whom_nobody_else_can_tell_waits_for_somebody_and_ends_with_her_word() {
        Browser officer = mill.staff("Olga Officer", Role.OFFICER);
        String page = "/console/recipients/" + mailer().id();
        assertThat(officer.get("/console/recipients").body())
                .contains("mailer", "names no way", erased.number(), "to be told by somebody");
        assertThat(officer.get("/console/requests/" + erased.number()).body()).contains("Recipients", page);
        assertThat(officer.get(page).body()).contains("zoe@planted.example", "It was told");

        assertThat(officer.post(page + "/told", "how", " ").statusCode()).isEqualTo(409);
        assertThat(officer.post(page + "/told", "how", "called them at noon").statusCode())
                .isEqualTo(303);

        assertThat(mailer().standing()).isEqualTo(Told.Standing.CLOSED);
        assertThat(officer.get("/console/recipients").body()).contains("Nobody has to be told by hand");
        assertThat(officer.get(page).body())
                .contains("told by somebody")
                .doesNotContain("zoe@planted.example", "It was told</button>");
        assertThat(officer.post(page + "/told", "how", "again").statusCode()).isEqualTo(409);
        assertThat(kept("select entry::jsonb -> 'actor' ->> 'role' from kept.journal where kind = 'recipients'"
                        + " and entry::jsonb ->> 'event' = 'closed'"))
                .containsExactly("officer");
        assertThat(String.join(" ", kept("select entry::text from kept.journal")))
                .doesNotContain("Olga", "noon", "planted");
        assertThat(kept("select operator from kept.private_log where said = 'called them at noon'"))
                .containsExactly("Olga Officer");
        assertThat(mill.complaints).isEmpty();
    }

    @Test
    void who_may_not_tell_it_sees_that_it_waits_and_nobody_s_address() {
        String page = "/console/recipients/" + mailer().id();
        for (Role role : List.of(Role.AUDITOR, Role.ENGINEER)) {
            Browser staff = mill.staff("Aud", role);
            assertThat(staff.get("/console/recipients").body()).contains("mailer");
            HttpResponse<String> one = staff.get(page);
            assertThat(one.body()).contains("names no way").doesNotContain(Mill.PLANTED);
            assertThat(staff.post(page + "/told", "how", "x").statusCode()).isEqualTo(403);
        }
        assertThat(mailer().standing()).isEqualTo(Told.Standing.TASK);
    }

    @Test
    void a_letter_that_came_back_is_on_the_page_of_its_request_and_staff_are_told_once() {
        mill.company.state().execute("update kept.mail set state = 'sent', done_at = now() where kind = 'received'");
        mill.company
                .state()
                .execute(
                        "update kept.mail set state = 'undeliverable', reason = 'smtp 550 5.1.1', done_at = now() where kind = 'done'");
        mill.office().keepTime();
        mill.office().keepTime();
        Browser officer = mill.staff("Olga Officer", Role.OFFICER);

        String page = officer.get("/console/requests/" + erased.number()).body();

        assertThat(page).contains("Letters", "undeliverable", "smtp 550 5.1.1", "tell her by post");
        assertThat(page.split("did not reach the person", -1)).hasSize(2);
        assertThat(mill.staff("Aud", Role.AUDITOR)
                        .get("/console/requests/" + erased.number())
                        .body())
                .contains("smtp 550 5.1.1")
                .doesNotContain(Mill.PLANTED);
    }
}
