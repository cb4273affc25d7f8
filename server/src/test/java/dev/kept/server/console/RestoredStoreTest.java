package dev.kept.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.rights.request.Ask;
import dev.kept.core.rights.request.Kind;
import dev.kept.server.command.Company;
import dev.kept.server.request.Actor;
import dev.kept.server.request.Typed;
import dev.kept.server.signin.Role;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that was restored from a backup, in the console: it is isolated until it is clean. */
class RestoredStoreTest {

    @TempDir
    private Path folder;

    private Mill mill;

    @BeforeEach
    void start() throws IOException {
        mill = new Mill(folder);
        mill.home.state().restores().declare("shop", "", List.of());
    }

    @AfterEach
    void stop() {
        mill.close();
    }

    @Test
    void nobody_is_established_to_ask_from_what_is_in_it() {
        String number = mill.office()
                .staffDesk()
                .enter(
                        Ask.of(Kind.ERASURE),
                        new Typed("Zoe", "", "", Map.of()),
                        "en",
                        mill.now(),
                        Actor.staff("support", "Sue", "a letter"))
                .number();
        Browser officer = mill.staff("Olga Officer", Role.OFFICER);
        String page = "/console/requests/" + number;
        officer.get(page);

        HttpResponse<String> proven = officer.post(
                page + "/prove", "way", "called-back", "checked", "called her", "person", "email: zoe@planted.example");

        assertThat(proven.statusCode()).isEqualTo(409);
        assertThat(proven.body()).contains("isolated");
        assertThat(Company.rows(mill.company.state(), "select store from kept.request_person"))
                .isEmpty();
    }

    @Test
    void staff_see_that_the_store_is_isolated_and_who_waits_for_a_link_because_of_it() {
        String number = mill.office()
                .staffDesk()
                .enter(
                        Ask.of(Kind.ACCESS),
                        new Typed("Zoe", "zoe@planted.example", "", Map.of()),
                        "en",
                        mill.now(),
                        Actor.staff("support", "Sue", "a letter"))
                .number();
        mill.office().sendLinks(mill.home, mill.complaints::add);
        Browser support = mill.staff("Sue Support", Role.SUPPORT);

        assertThat(support.get("/console/requests").body()).contains("no link sent yet", "tried ");
        assertThat(support.get("/console/requests/" + number).body())
                .contains("no link sent yet", "not every store answers", "It is tried again every few minutes");
        Browser officer = mill.staff("Olga Officer", Role.OFFICER);
        assertThat(officer.get("/console").body())
                .contains("waiting for a link", ">isolated<")
                .doesNotContain("zoe@planted.example");
    }

    @Test
    void no_hold_is_opened_on_a_record_in_it() {
        Browser officer = mill.staff("Olga Officer", Role.OFFICER);
        officer.get("/console/holds");

        HttpResponse<String> held = officer.post(
                "/console/holds",
                "table",
                "shop:customers",
                "record",
                "key-of-zoe",
                "reason",
                "a court asks",
                "review",
                "2999-01-01");

        assertThat(held.statusCode()).isEqualTo(409);
        assertThat(held.body()).contains("isolated");
        assertThat(mill.home.state().holds().open("shop")).isEmpty();
    }

    @Test
    void who_is_doubtful_in_it_is_decided_about_all_the_same() {
        String page = "/console/doubts/" + mill.doubtful("other");
        Browser officer = mill.staff("Olga Officer", Role.OFFICER);
        officer.get(page);

        assertThat(officer.post(page + "/erase", "checked", "asked her").statusCode())
                .isEqualTo(303);
        assertThat(mill.company.rows("shop", "select id from customers")).doesNotContain("other");
    }
}
