package dev.kept.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.rights.request.Kind;
import dev.kept.server.http.Visit.Method;
import dev.kept.server.request.StoredRequest;
import dev.kept.server.signin.Permissions;
import dev.kept.server.signin.Role;
import dev.kept.server.signin.SignInLinks;
import dev.kept.server.state.Journal;
import dev.kept.server.state.PrivateLog;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The console over HTTP: every role at every address, and what attackers try. */
class ConsoleTest {

    private static final String NOBODY = "00000000-0000-4000-8000-000000000000";

    @TempDir
    private Path folder;

    private Mill mill;
    private String doubt = NOBODY;

    @BeforeEach
    void start() throws IOException {
        mill = new Mill(folder);
    }

    @AfterEach
    void stop() {
        mill.close();
    }

    /** An address of a route, about something that is there where that can be. */
    private String address(Route route, StoredRequest request) {
        String part = route.path().startsWith("/requests/")
                ? request.number()
                : route.path().startsWith("/sweeps/ahead") || route.path().startsWith("/sweeps/begin")
                        ? "shop"
                        : route.path().startsWith("/doubts/") ? doubt : NOBODY;
        return Console.ROOT + route.path().replace("*", part);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void each_role_gets_what_its_rights_say_at_every_address(Role role) {
        StoredRequest request = mill.planted(Kind.ERASURE);
        doubt = mill.doubtful("other");
        Browser staff = mill.staff("Ann", role);
        for (Route route : mill.console().routes()) {
            String address = address(route, request);
            boolean may = Permissions.of(Set.of(role)).contains(route.action());
            HttpResponse<String> answer = route.method() == Method.GET ? staff.get(address) : staff.post(address);

            assertThat(answer.statusCode() != 403)
                    .as(
                            "%s %s %s by %s: %d",
                            may ? "may" : "may not", route.method(), address, role, answer.statusCode())
                    .isEqualTo(may);
            assertThat(answer.statusCode()).as("%s %s", route.method(), address).isIn(200, 303, 403, 404, 409);
        }
        assertThat(mill.complaints).isEmpty();
    }

    @Test
    void who_is_not_signed_in_learns_nothing_not_even_whether_there_is_a_page() {
        StoredRequest request = mill.planted(Kind.ERASURE);
        Browser stranger = mill.stranger();
        for (Route route : mill.console().routes()) {
            String address = address(route, request);
            if (route.method() == Method.GET) {
                HttpResponse<String> answer = stranger.get(address);
                assertThat(answer.statusCode()).isEqualTo(303);
                assertThat(answer.headers().firstValue("Location")).contains("/console/sign-in");
            } else {
                assertThat(stranger.post(address).statusCode()).isEqualTo(403);
            }
        }
        assertThat(stranger.get("/console/nothing").statusCode()).isEqualTo(303);
        assertThat(mill.home.state().journal().latest("hold-opened", 1)).isEmpty();
    }

    @Test
    void an_auditor_finds_no_person_on_any_page() {
        StoredRequest request = mill.planted(Kind.ERASURE);
        Browser officer = mill.staff("Olga", Role.OFFICER);
        officer.get("/console/holds");
        assertThat(officer.post(
                                "/console/holds",
                                "table",
                                "shop:customers",
                                "record",
                                "key-of-zoe",
                                "reason",
                                "reason-of-hold",
                                "review",
                                mill.now().plus(Duration.ofDays(9)).toString().substring(0, 10))
                        .statusCode())
                .isEqualTo(303);
        officer.get("/console/requests/" + request.number());
        officer.post("/console/requests/" + request.number() + "/note", "text", "noted-of-her");
        doubt = mill.doubtful("doubtful-key");

        assertThat(everything(officer, request))
                .contains(List.of(
                        "doubtful-key",
                        "Zoe",
                        "planted.example",
                        "key-of-zoe",
                        "words-of-hers",
                        "noted-of-her",
                        "reason-of-hold"));
        for (Role role : List.of(Role.AUDITOR)) {
            Browser staff = mill.staff("Aud", role);
            assertThat(everything(staff, request)).as(role.word()).doesNotContain(Mill.PLANTED);
        }
        Browser engineer = mill.staff("Eng", Role.ENGINEER);
        assertThat(engineer.get("/console/requests/" + request.number()).body()).doesNotContain(Mill.PLANTED);
    }

    /** Every page one can see, and every ledger entry. */
    private String everything(Browser staff, StoredRequest request) {
        StringBuilder all = new StringBuilder();
        for (Route route : mill.console().routes()) {
            if (route.method() == Method.GET) {
                all.append(staff.get(address(route, request)).body());
            }
        }
        mill.home.state().journal().before(Long.MAX_VALUE, 1_000).stream()
                .map(Journal.Entry::json)
                .forEach(all::append);
        return all.toString();
    }

    @Test
    void a_form_of_another_site_of_another_session_or_of_nobody_is_refused() {
        Browser officer = mill.staff("Olga", Role.OFFICER);
        Browser other = mill.staff("Otto", Role.OFFICER);
        List<String> fields = new ArrayList<>(List.of(
                "name",
                "x",
                "ends",
                mill.now().plus(Duration.ofDays(9)).toString().substring(0, 10),
                "scope",
                "see-map"));
        String whole = Browser.encoded(
                joined(fields, "token", officer.hidden.get("token"), "session", officer.hidden.get("session")));

        assertThat(officer.send("POST", "/console/keys", whole, "Origin", "https://evil.example")
                        .statusCode())
                .isEqualTo(403);
        assertThat(officer.send("POST", "/console/keys", whole, "Sec-Fetch-Site", "cross-site")
                        .statusCode())
                .isEqualTo(403);
        assertThat(officer.send("POST", "/console/keys", whole, "Origin", "null")
                        .statusCode())
                .isEqualTo(403);
        assertThat(officer.send("POST", "/console/keys", Browser.encoded(fields))
                        .statusCode())
                .isEqualTo(403);
        assertThat(officer.send(
                                "POST",
                                "/console/keys",
                                Browser.encoded(joined(fields, "token", officer.hidden.get("token"))))
                        .statusCode())
                .isEqualTo(403);
        assertThat(officer.send(
                                "POST",
                                "/console/keys",
                                Browser.encoded(joined(
                                        fields,
                                        "token",
                                        officer.hidden.get("token"),
                                        "session",
                                        other.hidden.get("session"))))
                        .statusCode())
                .isEqualTo(403);
        assertThat(officer.send("GET", "/console/keys?" + whole, "").body()).contains("No key was granted yet");
        assertThat(mill.home.state().journal().latest("key-granted", 1)).isEmpty();
        assertThat(officer.send("POST", "/console/keys", whole).body()).contains("kept_key_");
    }

    private static List<String> joined(List<String> fields, String... more) {
        List<String> all = new ArrayList<>(fields);
        all.addAll(List.of(more));
        return all;
    }

    @Test
    void a_session_opens_nothing_after_signing_out_also_where_its_cookie_was_copied() {
        Browser officer = mill.staff("Olga", Role.OFFICER);
        Browser thief = mill.stranger();
        thief.cookies.putAll(officer.cookies);
        thief.hidden.putAll(officer.hidden);
        assertThat(thief.get("/console").statusCode()).isEqualTo(200);

        assertThat(officer.post("/console/sign-out").statusCode()).isEqualTo(303);
        assertThat(officer.cookies).doesNotContainKey("kept-session");
        assertThat(thief.get("/console").statusCode()).isEqualTo(303);
        assertThat(thief.post("/console/keys").statusCode()).isEqualTo(403);
    }

    @Test
    void a_session_that_somebody_chose_beforehand_is_not_taken_up() {
        String chosen = "A".repeat(43);
        Browser victim = mill.stranger();
        victim.cookies.put("kept-session", chosen);
        String link = mill.link("Olga", Role.OFFICER);
        victim.get(link);
        victim.post(link);

        assertThat(victim.cookies.get("kept-session")).isNotEqualTo(chosen);
        assertThat(victim.get("/console").statusCode()).isEqualTo(200);
        Browser attacker = mill.stranger();
        attacker.cookies.put("kept-session", chosen);
        assertThat(attacker.get("/console").statusCode()).isEqualTo(303);
    }

    @Test
    void a_link_is_not_used_up_by_looking_at_it_and_good_once() {
        String link = mill.link("Olga", Role.OFFICER);
        Browser preview = mill.stranger();
        assertThat(preview.get(link).body()).contains("signs in once");
        assertThat(preview.get("/console").statusCode()).isEqualTo(303);

        Browser officer = mill.stranger();
        officer.get(link);
        assertThat(officer.post(link).statusCode()).isEqualTo(303);
        assertThat(officer.get("/console").statusCode()).isEqualTo(200);
        preview.get(link);
        assertThat(preview.post(link).body()).contains("used already");
        assertThat(preview.get("/console").statusCode()).isEqualTo(303);
    }

    @Test
    void who_tries_to_sign_in_again_and_again_is_held_off() {
        Browser guesser = mill.stranger();
        int status = 0;
        for (int i = 0; i < 61; i++) {
            status = guesser.get("/console/sign-in/link/" + "A".repeat(43)).statusCode();
        }
        assertThat(status).isEqualTo(429);
    }

    @Test
    void an_idle_session_ends_by_the_clock() {
        Browser officer = mill.staff("Olga", Role.OFFICER);
        mill.pass(Duration.ofMinutes(29));
        assertThat(officer.get("/console").statusCode()).isEqualTo(200);
        mill.pass(Duration.ofMinutes(31));
        assertThat(officer.get("/console").statusCode()).isEqualTo(303);
        Browser late = mill.stranger();
        String link = mill.link("Olga", Role.OFFICER);
        mill.pass(SignInLinks.LIVES);
        late.get(link);
        assertThat(late.post(link).statusCode()).isEqualTo(403);
    }

    @Test
    void cookies_are_for_this_host_alone_and_for_no_script() {
        Browser officer = mill.stranger();
        String link = mill.link("Olga", Role.OFFICER);
        officer.get(link);
        HttpResponse<String> in = officer.post(link);
        assertThat(in.headers().allValues("Set-Cookie"))
                .filteredOn(cookie -> cookie.contains("kept-session"))
                .singleElement()
                .satisfies(cookie -> assertThat(cookie)
                        .contains("HttpOnly", "SameSite=Lax", "Path=/")
                        .doesNotContain("Domain"));
    }

    @Test
    void every_page_forbids_scripts_frames_and_keeping_it() {
        Browser officer = mill.staff("Olga", Role.OFFICER);
        for (Route route : mill.console().routes()) {
            if (route.method() == Method.GET && !route.path().contains("*")) {
                HttpResponse<String> page = officer.get(Console.ROOT + route.path());
                assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                        .contains("default-src 'none'", "frame-ancestors 'none'", "form-action 'self'")
                        .doesNotContain("unsafe-inline", "script-src");
                assertThat(page.headers().firstValue("Cache-Control").orElse(""))
                        .isEqualTo("no-store");
                assertThat(page.body()).doesNotContain("<script", " style=", "onclick", "javascript:");
            }
        }
    }

    @Test
    void a_form_that_is_not_carried_out_is_shown_again_with_what_was_written_in_it() {
        Browser officer = mill.staff("Olga Berg", Role.OFFICER);
        String words = "<b>Please \"forget\" me</b>\nall of it";
        String day = mill.now().plus(Duration.ofDays(9)).toString().substring(0, 10);
        HttpResponse<String> entered = officer.post(
                "/console/requests/new", "kind", "erasure", "received", day, "language", "en", "words", words);
        assertThat(entered.statusCode()).isEqualTo(409);
        assertThat(entered.body())
                .contains("<strong>That was not done:</strong> a request was received in the past year")
                .contains(">&lt;b&gt;Please &quot;forget&quot; me&lt;/b&gt;\nall of it</textarea>")
                .contains("<option value=\"erasure\" selected>")
                .contains("value=\"" + day + "\"")
                .contains("href=\"#form\"")
                .contains("id=\"form\"");

        HttpResponse<String> granted =
                officer.post("/console/keys", "name", "The <till>", "ends", "soon", "scope", "see-map");
        assertThat(granted.statusCode()).isEqualTo(409);
        assertThat(granted.body())
                .contains("the key has no last day", "value=\"The &lt;till&gt;\"", "id=\"scope-see-map\" checked")
                .doesNotContain("id=\"scope-see-ledger\" checked");
    }

    @Test
    void what_somebody_writes_is_never_markup() {
        String payload =
                "\"'><script>alert(1)</script><img src=x onerror=alert(1)>${7*7}{{7*7}}<%= 7*7 %>javascript:alert(1)";
        Browser officer = mill.staff(payload, Role.OFFICER);
        String day = mill.now().plus(Duration.ofDays(9)).toString().substring(0, 10);
        String today = mill.now().toString().substring(0, 10);
        officer.post("/console/keys", "name", payload, "ends", day, "scope", "see-map");
        officer.post("/console/holds", "table", "shop:customers", "record", "other", "reason", payload, "review", day);
        HttpResponse<String> entered = officer.post(
                "/console/requests/new",
                "kind",
                "question",
                "use",
                "",
                "received",
                today,
                "name",
                payload,
                "address",
                "a@b.example",
                "language",
                "en",
                "words",
                payload);
        assertThat(entered.statusCode()).isEqualTo(303);
        String request = entered.headers().firstValue("Location").orElseThrow().replaceFirst("\\?.*", "");
        officer.post(request + "/note", "text", payload);

        for (String page : List.of(
                "/console",
                "/console/keys",
                "/console/holds",
                request,
                "/console/ledger",
                "/console/requests?kind=" + "question")) {
            String body = officer.get(page).body();
            assertThat(body).as(page).doesNotContain("<script>alert", "<img src=x", "}49", ">49<");
        }
        assertThat(officer.get(request).body()).contains("&lt;script&gt;alert(1)&lt;/script&gt;");
        assertThat(officer.get("/console/requests?kind=%3Cscript%3E").statusCode())
                .isEqualTo(404);
        assertThat(officer.get("/console/requests?done=%3Cscript%3E").body()).doesNotContain("<script>");
    }

    @Test
    void numbers_and_ids_that_are_none_lead_nowhere() {
        Browser officer = mill.staff("Olga", Role.OFFICER);
        for (String path : List.of(
                "/console/requests/AAAA-AAAA",
                "/console/requests/1",
                "/console/requests?after=x",
                "/console/requests?after=2027-01-01_1.2_x",
                "/console/sweeps/1",
                "/console/sweeps?after=1.2.3",
                "/console/sweeps/" + NOBODY,
                "/console/ledger?before=-1",
                "/console/map?store=none",
                "/console/nothing")) {
            assertThat(officer.get(path).statusCode()).as(path).isEqualTo(404);
        }
        assertThat(mill.complaints).isEmpty();
    }

    @Test
    void several_requests_are_treated_at_once_only_by_who_may_treat_one() {
        StoredRequest request = mill.planted(Kind.ERASURE);
        Browser support = mill.staff("Sue", Role.SUPPORT);
        assertThat(support.post("/console/requests/several", "act", "approve", "request", request.number())
                        .statusCode())
                .isEqualTo(403);
        Browser engineer = mill.staff("Eng", Role.ENGINEER);
        assertThat(engineer.post("/console/requests/several", "act", "extend", "request", request.number())
                        .statusCode())
                .isEqualTo(403);
        Browser officer = mill.staff("Olga", Role.OFFICER);
        HttpResponse<String> answer = officer.post(
                "/console/requests/several", "act", "extend", "request", request.number(), "request", "AAAA-AAAA");
        assertThat(answer.headers().firstValue("Location").orElse("")).contains("done=partly");
        assertThat(mill.office()
                        .requests()
                        .find(request.id())
                        .orElseThrow()
                        .request()
                        .extension())
                .isPresent();
    }

    @Test
    void acts_are_in_the_ledger_by_role_and_in_the_private_log_by_name() {
        Browser officer = mill.staff("Olga Officer", Role.OFFICER);
        officer.get("/console/keys");
        officer.post(
                "/console/keys",
                "name",
                "crm",
                "ends",
                mill.now().plus(Duration.ofDays(9)).toString().substring(0, 10),
                "scope",
                "see-map");
        String entry =
                mill.home.state().journal().latest("key-granted", 1).getFirst().json();
        assertThat(entry).contains("\"role\":\"officer\"").doesNotContain("Olga");
        String commitment = entry.replaceFirst(".*\"commitment\":\"([0-9a-f]+)\".*", "$1");
        assertThat(mill.home.state().privateLog().who(commitment))
                .map(PrivateLog.Who::name)
                .contains("Olga Officer");
    }

    @Test
    void somebody_decides_about_a_doubtful_person_once_and_says_what_was_looked_at() {
        String hers = mill.doubtful("other");
        Browser officer = mill.staff("Olga Officer", Role.OFFICER);
        assertThat(officer.get("/console/doubts").body())
                .contains("1 person", "a customer", "some of her data is older");
        String page = "/console/doubts/" + hers;
        assertThat(officer.get(page).body()).contains("other", "What was looked at");
        assertThat(officer.post(page + "/erase", "checked", " ").statusCode()).isEqualTo(409);
        assertThat(mill.company.rows("shop", "select id from customers")).contains("other");

        Browser engineer = mill.staff("Eng", Role.ENGINEER);
        engineer.get(page);
        assertThat(officer.post(page + "/erase", "checked", "asked her by letter")
                        .statusCode())
                .isEqualTo(303);
        assertThat(mill.company.rows("shop", "select id from customers")).doesNotContain("other");
        assertThat(engineer.post(page + "/leave", "checked", "another").statusCode())
                .isEqualTo(404);
        assertThat(officer.get("/console/doubts").body()).contains("Nobody is doubtful");
        String entry = mill.home
                .state()
                .journal()
                .latest("doubt-decided", 9)
                .getFirst()
                .json();
        assertThat(entry)
                .contains("\"role\":\"officer\"", "\"decision\":\"erased\"")
                .doesNotContain("Olga", "letter");
    }

    @Test
    void who_is_left_alone_keeps_her_data() {
        String hers = mill.doubtful("other");
        Browser officer = mill.staff("Olga Officer", Role.OFFICER);
        officer.get("/console/doubts/" + hers);

        officer.post("/console/doubts/" + hers + "/leave", "checked", "a namesake");

        assertThat(mill.company.rows("shop", "select id from customers")).contains("other");
        assertThat(officer.get("/console/doubts/" + hers).statusCode()).isEqualTo(404);
    }

    @Test
    void who_was_erased_in_part_is_shown_so_and_cannot_be_left_alone_any_more() throws IOException {
        mill.close();
        mill = Mill.withInvoices(folder);
        String hers = mill.doubtful("key-of-zoe");
        Browser officer = mill.staff("Olga Officer", Role.OFFICER);
        String page = "/console/doubts/" + hers;
        assertThat(officer.get(page).body()).contains("leave her alone", "It is she");

        HttpResponse<String> part = officer.post(page + "/erase", "checked", "asked her");

        assertThat(part.statusCode()).isEqualTo(303);
        String back = part.headers().firstValue("Location").orElseThrow();
        assertThat(back).doesNotContain("zoe");
        assertThat(officer.get(back).body()).contains("She was erased in part", "she is still asked about");
        assertThat(officer.get("/console/doubts").body()).contains("1 person");
        assertThat(officer.get(page).body())
                .contains("Her erasure began", "Erase what is left of her")
                .doesNotContain("leave her alone</button>");
        assertThat(officer.post(page + "/leave", "checked", "a namesake after all")
                        .statusCode())
                .isEqualTo(409);

        mill.company.database("shop").execute("update orders set placed = now() - interval '20 years'");
        officer.get(page);
        assertThat(officer.post(page + "/erase", "checked", "looked it up").statusCode())
                .isEqualTo(303);
        assertThat(officer.get("/console/doubts").body()).contains("Nobody is doubtful");
    }

    @Test
    void an_erasure_that_is_done_in_part_says_what_was_done_and_what_stays_and_why() throws IOException {
        mill.close();
        mill = Mill.withInvoices(folder);
        StoredRequest request = mill.planted(Kind.ERASURE);
        Browser officer = mill.staff("Olga Officer", Role.OFFICER);
        worked();
        officer.get("/console/requests/" + request.number());
        assertThat(officer.post("/console/requests/" + request.number() + "/approve")
                        .statusCode())
                .isEqualTo(303);
        worked();

        String page = officer.get("/console/requests/" + request.number()).body();

        assertThat(page)
                .contains(
                        "customers: 1 cleared", "What stays, and on which ground", "not known ended", "no day is sure")
                .contains("of some rows it is not known whether their purpose has ended")
                .doesNotContain("{", "ground=");
    }

    private void worked() {
        for (int i = 0; i < 3 && mill.office().due(); i++) {
            mill.office().work(mill.home, line -> {});
        }
    }

    @Test
    void how_another_system_calls_a_request_is_on_its_page() {
        StoredRequest request = mill.planted(Kind.ERASURE);
        Browser auditor = mill.staff("Aud", Role.AUDITOR);
        assertThat(auditor.get("/console/requests/" + request.number()).body()).doesNotContain("Called elsewhere");
        mill.company.state().execute("update kept.request set reference = 'T-17<b>'");

        assertThat(auditor.get("/console/requests/" + request.number()).body())
                .contains("Called elsewhere", "T-17&lt;b&gt;")
                .doesNotContain("T-17<b>");
    }

    @Test
    void an_officer_corrects_what_is_wrong_and_answers() {
        StoredRequest request = mill.planted(Kind.RECTIFICATION);
        for (int i = 0; i < 3 && mill.office().due(); i++) {
            mill.office().work(mill.home, mill.complaints::add);
        }
        Browser officer = mill.staff("Olga", Role.OFFICER);
        String page = "/console/requests/" + request.number();
        assertThat(officer.get(page).body()).contains("Correct her data").doesNotContain(">Approve<");

        HttpResponse<String> refused =
                officer.post(page + "/correct", "store", "shop", "set", "set: {customers: {id: another}}");
        assertThat(refused.statusCode()).isEqualTo(409);
        officer.post(page + "/correct", "store", "shop", "set", "set: {customers: {full_name: Zoe Right}}");
        officer.post(page + "/answer", "text", "Your name is right now.");

        assertThat(mill.company.rows("shop", "select full_name from customers order by 1"))
                .containsExactly("Ben Cole", "Zoe Right");
        assertThat(mill.office()
                        .requests()
                        .find(request.id())
                        .orElseThrow()
                        .request()
                        .stage()
                        .word())
                .isEqualTo("answered");
    }

    @Test
    void an_extension_of_which_somebody_was_told_otherwise_needs_how() {
        StoredRequest request = mill.planted(Kind.RECTIFICATION);
        for (int i = 0; i < 3 && mill.office().due(); i++) {
            mill.office().work(mill.home, mill.complaints::add);
        }
        Browser officer = mill.staff("Olga", Role.OFFICER);
        String page = "/console/requests/" + request.number();
        officer.get(page);
        List<String> sent = List.of(
                "why", "complexity", "months", "1", "text", "Your data lies in two systems.", "told", "otherwise");
        assertThat(officer.post(page + "/extend", sent.toArray(String[]::new)).body())
                .contains("how she was told is not said");

        List<String> how = new ArrayList<>(sent);
        how.addAll(List.of("how", "by post, on Monday"));
        officer.post(page + "/extend", how.toArray(String[]::new));

        assertThat(officer.get(page).body()).contains("told of the extension otherwise", "It runs, extended");
        assertThat(mill.office().mails().of(request.id()))
                .noneMatch(mail -> mail.kind().equals("extended"));
        assertThat(mill.home.state().journal().latest("request", 1).getFirst().json())
                .contains("extend")
                .doesNotContain("Monday");
    }

    @Test
    void a_letter_by_post_is_printed_with_its_evidence_and_only_for_who_is_known() {
        StoredRequest request = mill.planted(Kind.ACCESS);
        Browser officer = mill.staff("Olga", Role.OFFICER);
        officer.get("/console/requests/" + request.number());

        HttpResponse<String> letter = officer.post(
                "/console/requests/" + request.number() + "/letter",
                "to",
                "Zoe Planted\nMill Lane 1\n12345 Musterstadt",
                "subject",
                "Your request",
                "text",
                "We hold <b>your</b> name.");

        assertThat(letter.statusCode()).isEqualTo(200);
        assertThat(letter.headers().firstValue("Content-Disposition").orElse(""))
                .contains("attachment");
        assertThat(letter.body()).contains("We hold &lt;b&gt;your", request.number());
        String noted =
                mill.home.state().journal().latest("answer", 1).getFirst().json();
        assertThat(noted).contains("posted").doesNotContain("Zoe");
    }
}
