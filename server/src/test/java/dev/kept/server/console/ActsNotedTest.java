package dev.kept.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.rights.request.Ask;
import dev.kept.core.rights.request.Identity;
import dev.kept.core.rights.request.Kind;
import dev.kept.server.command.Company;
import dev.kept.server.http.Visit.Method;
import dev.kept.server.request.Actor;
import dev.kept.server.request.Lookup;
import dev.kept.server.request.StoredRequest;
import dev.kept.server.request.Typed;
import dev.kept.server.run.LiveStore;
import dev.kept.server.run.PersonNames.Named;
import dev.kept.server.signin.Role;
import dev.kept.server.task.Tasks;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever staff do in the console is in the ledger by role and in the private log by name: every form of every page is sent once, and done. */
class ActsNotedTest {

    private static final Actor SUE = Actor.staff("support", "Sue", "a letter");
    private static final String NAME = "Olga Officer";

    @TempDir
    private Path folder;

    private Mill mill;
    private Browser officer;
    private int customers;

    @BeforeEach
    void start() throws IOException {
        mill = Mill.withAddress(folder);
        mill.company
                .database("shop")
                .execute(
                        "insert into customers select 'c' || i, 'C', 'c' || i || '@planted.example', now() - interval '9 days'"
                                + " from generate_series(1, 60) i");
        officer = mill.staff(NAME, Role.OFFICER);
    }

    @AfterEach
    void stop() {
        mill.close();
    }

    /** A form that is good. */
    private record Form(String address, String... fields) {}

    private String day(int later) {
        return LocalDate.ofInstant(mill.now(), ZoneOffset.UTC).plusDays(later).toString();
    }

    private StoredRequest entered(Kind kind) {
        return mill.office().staffDesk().enter(Ask.of(kind), new Typed("C", "", "", Map.of()), "en", mill.now(), SUE);
    }

    /** Each is of another customer, so that none is joined to another. */
    private StoredRequest proven(Kind kind) {
        customers++;
        Lookup.Known known = Lookup.byNames(
                List.of(LiveStore.open(mill.home, mill.home.store(Optional.of("shop")))),
                new Named(1, Map.of("customer", "c" + customers)));
        return mill.office().staffDesk().prove(entered(kind), Identity.Way.CALLED_BACK, known, SUE);
    }

    /** The same, once Kept has given it to a person. */
    private StoredRequest reviewed(Kind kind) {
        StoredRequest proven = proven(kind);
        worked();
        return again(proven);
    }

    private void worked() {
        for (int i = 0; i < 3 && mill.office().due(); i++) {
            mill.office().work(mill.home, mill.complaints::add);
        }
    }

    private StoredRequest again(StoredRequest stored) {
        return mill.office().requests().find(stored.id()).orElseThrow();
    }

    private static Form about(StoredRequest stored, String act, String... fields) {
        return new Form("/requests/" + stored.number() + "/" + act, fields);
    }

    private void done(Form form) {
        HttpResponse<String> answer = officer.post(Console.ROOT + form.address(), form.fields());
        assertThat(answer.statusCode()).as(form.address()).isEqualTo(303);
    }

    private Map<String, Supplier<Form>> forms() {
        Map<String, Supplier<Form>> forms = new LinkedHashMap<>();
        requests(forms);
        forms.put("/sweeps/ahead/*", () -> new Form("/sweeps/ahead/shop"));
        forms.put("/sweeps/begin/*", () -> new Form("/sweeps/begin/shop"));
        forms.put("/sweeps/*/approve", () -> new Form("/sweeps/" + waiting() + "/approve"));
        forms.put(
                "/holds",
                () -> new Form(
                        "/holds",
                        "table",
                        "shop:customers",
                        "record",
                        "c60",
                        "reason",
                        "a court asks",
                        "review",
                        day(9)));
        forms.put("/holds/*/lift", () -> {
            String hold = Company.rows(mill.company.state(), "select id::text from kept.hold where lifted_at is null")
                    .getFirst();
            return new Form("/holds/" + hold + "/lift");
        });
        forms.put(
                "/doubts/*/erase",
                () -> new Form("/doubts/" + mill.doubtful("c59") + "/erase", "checked", "asked her"));
        forms.put(
                "/doubts/*/leave",
                () -> new Form("/doubts/" + mill.doubtful("c58") + "/leave", "checked", "a namesake"));
        forms.put("/promises/contact/ask", () -> {
            mill.company.state().execute("delete from kept.contact_check");
            return new Form("/promises/contact/ask");
        });
        forms.put(
                "/promises/contact/arrived", () -> new Form("/promises/contact/arrived", "on", day(-3), "how", "seen"));
        forms.put("/ledger/verify", () -> new Form("/ledger/verify"));
        forms.put("/keys", () -> new Form("/keys", "name", "crm", "ends", day(9), "scope", "see-map"));
        forms.put("/keys/*/revoke", () -> {
            String key = Company.rows(
                            mill.company.state(), "select id::text from kept.api_key where revoked_at is null")
                    .getFirst();
            return new Form("/keys/" + key + "/revoke");
        });
        forms.put("/recipients/*/told", () -> new Form("/recipients/" + recipient() + "/told", "how", "called them"));
        return forms;
    }

    private void requests(Map<String, Supplier<Form>> forms) {
        forms.put(
                "/requests/new",
                () -> new Form(
                        "/requests/new",
                        "kind",
                        "question",
                        "name",
                        "C",
                        "language",
                        "en",
                        "received",
                        day(-1),
                        "words",
                        "Why?"));
        forms.put(
                "/requests/several",
                () -> new Form(
                        "/requests/several",
                        "act",
                        "approve",
                        "request",
                        reviewed(Kind.ERASURE).number()));
        acts(forms);
    }

    private void acts(Map<String, Supplier<Form>> forms) {
        Map<String, Supplier<Form>> acts = new LinkedHashMap<>();
        acts.put(
                "prove",
                () -> about(
                        entered(Kind.ERASURE),
                        "prove",
                        "way",
                        "called-back",
                        "checked",
                        "called",
                        "person",
                        "customer: c57"));
        acts.put("approve", () -> about(reviewed(Kind.ERASURE), "approve"));
        acts.put(
                "correct",
                () -> about(
                        reviewed(Kind.RECTIFICATION),
                        "correct",
                        "store",
                        "shop",
                        "set",
                        "set: {customers: {full_name: Hill}}"));
        acts.put(
                "letter",
                () -> about(
                        reviewed(Kind.ERASURE),
                        "letter",
                        "to",
                        "C\n1 Lane",
                        "subject",
                        "Yours",
                        "text",
                        "It is looked at."));
        acts.put("lift", () -> about(restricted(), "lift", "on", day(9), "told", "letter", "text", "it was checked"));
        acts.put("answer", () -> about(entered(Kind.QUESTION), "answer", "text", "Because."));
        acts.put("answer-in-part", () -> about(failed(), "answer-in-part", "text", "all but the shop"));
        acts.put(
                "refuse",
                () -> about(
                        entered(Kind.ERASURE),
                        "refuse",
                        "ground",
                        "identity-not-established",
                        "text",
                        "nobody answered"));
        acts.put(
                "extend",
                () -> about(
                        reviewed(Kind.ERASURE),
                        "extend",
                        "why",
                        "complexity",
                        "months",
                        "1",
                        "told",
                        "letter",
                        "text",
                        "many stores"));
        acts.put("ask", () -> about(entered(Kind.ERASURE), "ask", "question", "scope", "text", "Which?"));
        acts.put("go-on", () -> {
            StoredRequest asked = entered(Kind.ERASURE);
            done(about(asked, "ask", "question", "scope", "text", "Which?"));
            return about(asked, "go-on");
        });
        acts.put("hold", () -> about(entered(Kind.ERASURE), "hold", "review", day(9), "text", "a court asks"));
        acts.put("release", () -> {
            StoredRequest held = entered(Kind.ERASURE);
            done(about(held, "hold", "review", day(9), "text", "a court asks"));
            return about(held, "release");
        });
        acts.put("retry", () -> about(failed(), "retry"));
        acts.put("by-hand", () -> about(failed(), "by-hand", "store", "crm"));
        acts.put("note", () -> about(entered(Kind.ERASURE), "note", "text", "she called"));
        acts.put(
                "join",
                () -> about(
                        reviewed(Kind.ERASURE), "join", "into", sameAsTheLast().number()));
        acts.put("reopen", () -> {
            StoredRequest question = entered(Kind.QUESTION);
            done(about(question, "answer", "text", "Because."));
            return about(question, "reopen");
        });
        acts.put("plan", () -> about(reviewed(Kind.ERASURE), "plan"));
        acts.forEach((act, form) -> forms.put("/requests/*/" + act, form));
    }

    /** Asked by the same customer as the last. */
    private StoredRequest sameAsTheLast() {
        customers--;
        return proven(Kind.ERASURE);
    }

    /** A place that Kept cannot reach has not done its part. */
    private StoredRequest failed() {
        StoredRequest waits = reviewed(Kind.ERASURE);
        done(about(waits, "approve"));
        worked();
        return again(waits);
    }

    private StoredRequest restricted() {
        StoredRequest waits = reviewed(Kind.RESTRICTION);
        done(about(waits, "approve"));
        worked();
        done(about(waits, "by-hand", "store", "crm"));
        worked();
        return again(waits);
    }

    /** A sweep that waits for a second person's yes. */
    private String waiting() {
        awaited(Tasks.Kind.SWEEP, "shop");
        mill.company
                .database("shop")
                .execute(
                        "insert into customers select 'o' || i, 'O', 'o' || i || '@planted.example', now() - interval '900 days'"
                                + " from generate_series(1, 100) i");
        mill.company.kept("sweep", "--operator", "Ed");
        return Company.rows(mill.company.state(), "select id::text from kept.run where state = 'waiting'")
                .getFirst();
    }

    private String recipient() {
        UUID id = UUID.randomUUID();
        mill.company
                .state()
                .execute(
                        "insert into kept.informing (id, request, recipient, done, way, state, reason, made_at, due_at, confirm)"
                                + " values ('" + id + "', '"
                                + entered(Kind.QUESTION).id()
                                + "', 'mailer', 'erasure', 'by-hand', 'task', 'no-way', now(), now(), '" + id + "')");
        return id.toString();
    }

    private void awaited(Tasks.Kind kind, String subject) {
        long until = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (new Tasks(mill.home.state())
                .standing(kind, subject)
                .filter(task -> task.ended().isEmpty())
                .isPresent()) {
            if (System.nanoTime() > until) {
                throw new AssertionError(kind + " is still under way");
            }
            Thread.onSpinWait();
        }
    }

    /** Acts of hers in the ledger, by role and not by name, of whom the private log says that it was she. */
    private long acts() {
        return Long.parseLong(Company.rows(
                        mill.company.state(),
                        "select count(*) from kept.journal join kept.private_log"
                                + " on position(commitment in entry::text) > 0"
                                + " where entry::jsonb -> 'actor' ->> 'role' = 'officer' and operator = '" + NAME + "'")
                .getFirst());
    }

    @Test
    void every_form_that_is_carried_out_leaves_who_did_it() {
        Map<String, Supplier<Form>> forms = forms();
        List<String> posts = mill.console().routes().stream()
                .filter(route -> route.method() == Method.POST)
                .map(Route::path)
                .toList();
        assertThat(forms.keySet()).containsExactlyInAnyOrderElementsOf(posts);
        officer.get("/console/holds");
        List<String> wrong = new ArrayList<>();
        forms.forEach((path, good) -> {
            Form form = good.get();
            long before = acts();
            HttpResponse<String> answer = officer.post(Console.ROOT + form.address(), form.fields());
            if (answer.statusCode() != 303 && answer.statusCode() != 200) {
                wrong.add(path + ": " + answer.statusCode() + " "
                        + answer.body()
                                .replaceAll("(?s).*<div class=\"note bad\"[^>]*>(.*?)</div>.*", "$1")
                                .lines()
                                .findFirst()
                                .orElse(""));
            } else if (acts() == before) {
                wrong.add(path + ": nobody is noted");
            }
        });
        assertThat(wrong).isEmpty();
        assertThat(Company.rows(mill.company.state(), "select entry::text from kept.journal"))
                .noneMatch(entry -> entry.contains("Olga"));
    }
}
