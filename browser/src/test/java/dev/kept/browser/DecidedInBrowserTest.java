package dev.kept.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.kept.server.signin.Role;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People ask for erasure in the privacy centre, staff decide in the console, and each reads in the centre what became of it: in a real browser. */
class DecidedInBrowserTest {

    private static final String ANNA = "anna@example.org";
    private static final String BEN = "ben@example.org";
    private static final String CEM = "cem@example.org";

    @TempDir
    private static Path folder;

    @Test
    void one_erasure_is_approved_and_done_one_refused_one_extended_and_each_person_reads_it() throws Exception {
        Chromium.browser();
        try (Harbour harbour = new Harbour(folder);
                Person anna = new Person(harbour, 360, ColorScheme.LIGHT);
                Person ben = new Person(harbour, 1280, ColorScheme.DARK);
                Person cem = new Person(harbour, 1280, ColorScheme.LIGHT);
                Person olga = new Person(harbour, 1280, ColorScheme.LIGHT)) {
            String annas = asked(harbour, anna, ANNA);
            String bens = asked(harbour, ben, BEN);
            String cems = asked(harbour, cem, CEM);
            String firstDay = due(cem);
            List<String> before = harbour.customers();
            assertThat(before).hasSize(3);
            olga.open(harbour.signIn(Role.OFFICER));
            olga.page.locator("button").click();

            approve(harbour, olga, annas, before);
            harbour.step();
            assertThat(harbour.customers()).isEqualTo(before.subList(1, 3));
            anna.await("Answered");
            assertThat(anna.page.locator(".standing .state").innerText()).isEqualTo("Answered");
            assertThat(anna.page.locator(".history").innerText()).contains("You asked", "confirmed", "Answered");
            anna.good("decided-answered");

            refuse(olga, bens);
            ben.await("Refused");
            assertThat(ben.page.locator("main").innerText())
                    .contains(
                            "the data is needed for legal claims (Art. 17(3)(e)",
                            "complain to a data protection authority",
                            "go to court",
                            "A bill of yours is before a court.");
            ben.good("decided-refused");

            extend(olga, cems);
            cem.await("It takes longer");
            assertThat(due(cem)).isNotEqualTo(firstDay);
            assertThat(cem.page.locator("main").innerText())
                    .contains("the request is complex", "Your orders are in three systems.", "The time was extended");
            cem.good("decided-extended");
            assertThat(olga.open("/console/requests/" + cems)
                            .page
                            .locator("main")
                            .innerText())
                    .contains("Extended by 2 months");

            harbour.step();
            assertThat(harbour.customers()).isEqualTo(before.subList(1, 3));
            for (Person person : List.of(anna, ben, cem, olga)) {
                assertThat(person.wrong).isEmpty();
            }
            assertThat(harbour.complaints()).isEmpty();
        }
    }

    /** Somebody asks, and proves by the link from the mail that it is she; answers the request's number. */
    private static String asked(Harbour harbour, Person person, String address) throws InterruptedException {
        person.open("/privacy/en/ask/erasure").fill("address", address).press("Send the request");
        harbour.step();
        person.open(harbour.box().proof(address, Person.PATIENCE).link()).press("Yes, it is me");
        harbour.step();
        person.await("A person looks at it");
        return person.page.url().replaceFirst(".*/", "");
    }

    private static String due(Person person) {
        return person.page
                .locator("dl.facts > div")
                .filter(new Locator.FilterOptions().setHasText("Answer by"))
                .locator("dd")
                .innerText();
    }

    /** What it would do is seen before anything is done; then it is approved. */
    private static void approve(Harbour harbour, Person olga, String number, List<String> before) throws Exception {
        olga.open("/console/requests");
        olga.page.locator("main a[href*='" + number + "']").first().click();
        assertThat(olga.page.locator("main").innerText()).contains("in review", "established by link", ANNA);
        olga.press("See what it would do").await("What it would do, as of");
        Locator plan = olga.page.locator("table", new Page.LocatorOptions().setHasText("What would be done"));
        assertThat(plan.locator("tbody tr").count()).isEqualTo(1);
        assertThat(plan.locator("tbody tr > *").allInnerTexts())
                .map(String::strip)
                .containsExactly("customers", "shop", "1", "0");
        assertThat(harbour.customers()).isEqualTo(before);
        olga.good("decided-plan");
        olga.press("Approve");
        assertThat(said(olga)).contains("Approved: it is carried out now.");
    }

    private static void refuse(Person olga, String number) {
        Locator fold = fold(olga, number, "Refuse");
        fold.getByLabel("Ground").selectOption("legal-claims");
        fold.getByLabel("The reason").fill("A bill of yours is before a court.");
        fold.locator("button").click();
        assertThat(said(olga)).contains("Refused. The person is told why, and where to complain.");
    }

    private static void extend(Person olga, String number) {
        Locator fold = fold(olga, number, "Extend the time");
        fold.getByLabel("Because of").selectOption("complexity");
        fold.getByLabel("By", new Locator.GetByLabelOptions().setExact(true)).selectOption("2");
        fold.getByLabel("The reason").fill("Your orders are in three systems.");
        fold.getByLabel("How she is told").selectOption("otherwise");
        olga.good("decided-extending");
        fold.locator("button").click();
        assertThat(olga.page.locator("[role=alert]").innerText())
                .contains("how she was told is not said. Try: say when, and by which way.");
        assertThat(olga.page.title()).startsWith("Not done: ");
        olga.good("decided-not-extended");
        assertThat(fold.getByLabel("The reason").inputValue()).isEqualTo("Your orders are in three systems.");
        fold.getByLabel("How she was told").fill("on 1 December, by telephone");
        fold.locator("button").click();
        assertThat(said(olga)).contains("The time is extended, and the person is told.");
    }

    /** A form on a request's page, unfolded. */
    private static Locator fold(Person olga, String number, String title) {
        olga.open("/console/requests/" + number);
        Locator fold = olga.page
                .locator("details.fold")
                .filter(new Locator.FilterOptions().setHas(olga.page.locator("summary:text-is('" + title + "')")));
        fold.locator("summary").click();
        return fold;
    }

    private static String said(Person olga) {
        return olga.page.locator("[role=status]").first().innerText();
    }
}
