package dev.kept.core.letter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.kept.core.rights.request.Kind;
import dev.kept.core.rights.request.RefusalGround;
import dev.kept.core.source.Problem;
import dev.kept.core.source.SourceText;
import dev.kept.core.wording.Area;
import dev.kept.core.wording.Wordings;
import java.net.URI;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Letters of every kind and language, and what hostile values and templates do to them. */
class LettersTest {

    private static final URI OWN = URI.create("https://privacy.larkfield.example/");
    private static final Letters BUILT_IN = Letters.of(List.of());

    static Stream<LetterKind> kinds() {
        return Arrays.stream(LetterKind.values());
    }

    /** Values for every place of a kind; words and texts are {@code said}. */
    private static Map<String, Value> values(LetterKind kind, String said) {
        Map<String, Value> values = new HashMap<>();
        kind.slots().values().forEach(slot -> values.put(slot.name(), value(slot, said)));
        return values;
    }

    private static Value value(Slot slot, String said) {
        return switch (slot.shape()) {
            case WORDS -> new Value.Words(said);
            case TEXT -> new Value.Text(said);
            case TERM ->
                new Value.Term(
                        switch (slot.name()) {
                            case "asked" -> "asked.access";
                            case "done" -> "done.erasure";
                            case "clock" -> "clock.stands";
                            case "ground" -> "ground.rights-of-others";
                            default -> "complaint";
                        });
            case LINK -> new Value.Link(OWN.resolve("/requests/a1?t=secret"));
            case DAY -> new Value.Day(LocalDate.parse("2027-03-01"));
            case MOMENT -> new Value.Moment(ZonedDateTime.parse("2027-03-01T14:30:00+01:00[Europe/Berlin]"));
            case CODE -> new Value.Code("4K7-Q2M");
            case COUNT -> new Value.Count(3);
        };
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void every_kind_is_written_in_every_language_with_all_that_it_needs(LetterKind kind) {
        for (String language : Wordings.BUILT_IN) {
            LetterText letter = BUILT_IN.write(kind, language, values(kind, "Larkfield"), OWN);

            assertThat(letter.language()).isEqualTo(language);
            assertThat(letter.text() + letter.subject()).doesNotContain("{{").doesNotContain("}}");
            assertThat(letter.html())
                    .contains("<html lang=\"" + language + "\"")
                    .doesNotContain("{{");
            assertThat(letter.html()).doesNotContainPattern("<(script|img|iframe|link|form)|style=|url\\(|@import");
        }
    }

    @Test
    void words_of_a_region_are_in_letters_by_the_template_of_its_language() {
        List<SourceText> own = List.of(
                new SourceText("words/de-at.yaml", "letters: {complaint: Die Datenschutzbehörde in Wien hilft.}"),
                new SourceText(
                        "mail/received.de-at.md",
                        "Subject: Servus {{number}}\n\n{{asked}}, {{by}}: [Ansehen]({{link}})\n"));
        Map<String, Value> values = values(LetterKind.REFUSED, "Larkfield");

        assertThat(Letters.of(own)
                        .write(LetterKind.REFUSED, "de-AT", values, OWN)
                        .text())
                .contains("Die Datenschutzbehörde in Wien hilft.");
        assertThat(Letters.of(own).write(LetterKind.REFUSED, "de", values, OWN).text())
                .doesNotContain("Wien");
        assertThat(Letters.of(own)
                        .write(LetterKind.RECEIVED, "de-AT", values(LetterKind.RECEIVED, "7"), OWN)
                        .subject())
                .isEqualTo("Servus 7");
    }

    @Test
    void letters_that_nobody_reads_are_pointed_at() {
        List<SourceText> own = Stream.of("mail/received.DE.md", "mail/received.fi.md", "mail/received.de-AT.md")
                .map(name -> new SourceText(name, "Subject: x"))
                .toList();

        assertThat(Letters.unused(own, List.of("de")))
                .extracting(Problem::severity, problem -> problem.place().file())
                .containsExactly(
                        tuple(Problem.Severity.ADVICE, "mail/received.fi.md"),
                        tuple(Problem.Severity.ADVICE, "mail/received.de-AT.md"));
        assertThat(Letters.unused(own, List.of("de-at", "fi"))).isEmpty();
    }

    @Test
    void a_letter_in_english_has_english_words_in_it() {
        List<SourceText> own =
                List.of(new SourceText("words/fi.yaml", "letters: {complaint: Valita tietosuojavaltuutetulle.}"));

        assertThat(Letters.of(own)
                        .write(LetterKind.REFUSED, "fi", values(LetterKind.REFUSED, "Larkfield"), OWN)
                        .text())
                .doesNotContain("Valita");
    }

    @Test
    void there_are_terms_for_all_that_letters_speak_of() {
        assertThat(Arrays.stream(Kind.values()).map(Value.Term::asked)).allMatch(term -> Letters.knows(term.key()));
        assertThat(Arrays.stream(RefusalGround.values()).map(Value.Term::ground))
                .allMatch(term -> Letters.knows(term.key()));
        assertThat(Stream.of(Kind.ERASURE, Kind.RECTIFICATION, Kind.RESTRICTION).map(Value.Term::done))
                .allMatch(term -> Letters.knows(term.key()));
        assertThat(Letters.knows("ground.boredom")).isFalse();
    }

    @Test
    void what_goes_out_before_anybody_has_proven_who_they_are_carries_no_words_of_theirs() {
        assertThat(LetterKind.PROOF_LINK.own()).extracting(Slot::shape).doesNotContain(Shape.WORDS, Shape.TEXT);
    }

    @Test
    void a_letter_speaks_its_language() {
        Map<String, Value> values = values(LetterKind.READY, "Larkfield");

        assertThat(BUILT_IN.write(LetterKind.READY, "en", values, OWN).text())
                .contains(
                        "access to your data",
                        "March 1, 2027",
                        "Get the answer:\nhttps://privacy.larkfield.example/requests/a1?t=secret");
        assertThat(BUILT_IN.write(LetterKind.READY, "de-AT", values, OWN).text())
                .contains("Auskunft über Ihre Daten", "1. März 2027", "14:30");
        assertThat(BUILT_IN.write(LetterKind.READY, "zh", values, OWN).text()).contains("查阅您的数据", "2027年3月1日");
        assertThat(BUILT_IN.write(LetterKind.READY, "sv", values, OWN).language())
                .isEqualTo("en");
    }

    @Test
    void an_answer_that_refuses_says_where_to_complain() {
        for (String language : Wordings.BUILT_IN) {
            String text = BUILT_IN.write(LetterKind.REFUSED, language, values(LetterKind.REFUSED, "why"), OWN)
                    .text();
            assertThat(text)
                    .contains(
                            Wordings.NONE_OF_ITS_OWN.in(language, Area.LETTERS).say("complaint"));
        }
    }

    static Stream<String> attacks() {
        return Stream.of(
                "{{7*7}}",
                "{{link}}",
                "{{company}}",
                "${7*7}",
                "#{7*7}",
                "<%= 7*7 %>",
                "<script>alert(1)</script>",
                "\"><img src=x onerror=alert(1)>",
                "[click](https://evil.example/)",
                "![pixel](https://evil.example/p.png)",
                "<https://evil.example/>",
                "</style></head><body>",
                "# heading\n\n- item\n\n```\ncode\n```",
                "line\r\nBcc: victim@example.org\r\n\r\nbody",
                "line\nSubject: other",
                "a\u2028Bcc: x\u2029y\u0085z",
                "\u202Egnp.exe\u202C",
                "\u0000\u0007\u001b[31m",
                "\uD800 lone");
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void a_value_is_never_read_as_a_template_as_markdown_or_as_html(String attack) {
        for (LetterKind kind : LetterKind.values()) {
            for (String language : Wordings.BUILT_IN) {
                LetterText hostile = BUILT_IN.write(kind, language, values(kind, "x" + attack), OWN);
                LetterText plain = BUILT_IN.write(kind, language, values(kind, "x"), OWN);

                assertThat(tags(hostile.html())).isEqualTo(tags(plain.html()));
                assertThat(hostile.subject()).doesNotContainPattern("[\\p{Cntrl}\u2028\u2029]");
                assertThat(hostile.text()).doesNotContainPattern("[\\p{Cntrl}&&[^\n]]|[\u202a-\u202e\u2028\u2029]");
                assertThat(hostile.text() + hostile.html()).doesNotContain("49");
            }
        }
    }

    /** The tags of a document, without those by which lines of a value are parted. */
    private static List<String> tags(String html) {
        List<String> tags = new ArrayList<>();
        java.util.regex.Matcher tag = java.util.regex.Pattern.compile("<[^>]*>").matcher(html);
        while (tag.find()) {
            if (!tag.group().equals("<br>")) {
                tags.add(tag.group());
            }
        }
        return tags;
    }

    @Test
    void words_of_others_are_told_from_ours_at_each_line_s_beginning() {
        String said = "one\n\ntwo\r\nLarkfield: pay here";

        String text = BUILT_IN.write(LetterKind.QUESTION, "en", values(LetterKind.QUESTION, said), OWN)
                .text();

        assertThat(text).contains("> one\n>\n> two\n> Larkfield: pay here\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/",
                "https://privacy.larkfield.example.evil.example/",
                "https://privacy.larkfield.example@evil.example/",
                "https://user@privacy.larkfield.example/",
                "http://privacy.larkfield.example/",
                "https://privacy.larkfield.example:8443/",
                "javascript:alert(1)",
                "data:text/html,x",
                "//evil.example/",
                "/requests"
            })
    void links_lead_to_our_own_address_and_nowhere_else(String address) {
        Map<String, Value> values = values(LetterKind.READY, "Larkfield");
        values.put("link", new Value.Link(URI.create(address)));

        assertThatThrownBy(() -> BUILT_IN.write(LetterKind.READY, "en", values, OWN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("our own address");
    }

    @Test
    void our_own_address_may_be_a_folder_and_links_stay_below_it() {
        URI folder = URI.create("https://larkfield.example/privacy");
        Map<String, Value> values = values(LetterKind.READY, "Larkfield");

        values.put("link", new Value.Link(URI.create("https://larkfield.example/privacy/requests/1")));
        assertThat(BUILT_IN.write(LetterKind.READY, "en", values, folder).text())
                .contains("/privacy/requests/1");
        for (String other : List.of("/privacy/../shop", "/privacyshop", "/shop", "/privacy/%2e%2e/shop")) {
            values.put("link", new Value.Link(URI.create("https://larkfield.example" + other)));
            assertThatThrownBy(() -> BUILT_IN.write(LetterKind.READY, "en", values, folder))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void every_place_needs_its_value_and_no_other() {
        Map<String, Value> missing = values(LetterKind.READY, "Larkfield");
        missing.remove("until");
        Map<String, Value> more = values(LetterKind.READY, "Larkfield");
        more.put("reason", new Value.Text("x"));
        Map<String, Value> other = values(LetterKind.READY, "Larkfield");
        other.put("until", new Value.Words("tomorrow"));

        assertThatThrownBy(() -> BUILT_IN.write(LetterKind.READY, "en", missing, OWN))
                .hasMessageContaining("`until`");
        assertThatThrownBy(() -> BUILT_IN.write(LetterKind.READY, "en", more, OWN))
                .hasMessageContaining("`reason`");
        assertThatThrownBy(() -> BUILT_IN.write(LetterKind.READY, "en", other, OWN))
                .hasMessageContaining("`until`");
        assertThatThrownBy(() -> new Value.Words("x".repeat(301))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Value.Text("x".repeat(4_001))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Value.Code("1 2\r\n3")).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<String> codes(String name, String text) {
        return Letters.check(List.of(new SourceText(name, text))).stream()
                .map(Problem::code)
                .toList();
    }

    @Test
    void a_company_s_own_template_takes_the_place_of_ours() {
        SourceText own = new SourceText(
                "mail/proof-link.de.md",
                "Subject: Code {{code}}\n\nNimm **{{code}}**, bis {{until}}, oder [hier]({{link}}).\n");
        Letters letters = Letters.of(List.of(own));
        Map<String, Value> values = values(LetterKind.PROOF_LINK, "Larkfield");

        assertThat(Letters.check(List.of(own))).isEmpty();
        assertThat(letters.write(LetterKind.PROOF_LINK, "de", values, OWN).text())
                .startsWith("Nimm 4K7-Q2M, bis 1. März");
        assertThat(letters.write(LetterKind.PROOF_LINK, "de", values, OWN).html())
                .contains("<strong>4K7-Q2M</strong>");
        assertThat(letters.write(LetterKind.PROOF_LINK, "en", values, OWN).text())
                .startsWith("Hello");
    }

    @Test
    void what_is_wrong_with_a_template_is_said_with_its_line() {
        String text =
                "Subject: Hi\n\nSee {{lnk}}.\n\n[here](https://evil.example/)\n\n<b>x</b>\n\n![i](https://evil.example/i.png)\n";

        List<Problem> problems = Letters.check(List.of(new SourceText("mail/ready.en.md", text)));

        assertThat(problems)
                .extracting(problem -> problem.place().line() + " " + problem.code())
                .contains("3 letter-unknown-place", "5 letter-foreign-link", "7 letter-markup", "9 letter-markup")
                .contains("0 letter-without-place");
        assertThat(problems).anySatisfy(problem -> assertThat(problem.attempt()).contains("link"));
    }

    @Test
    void templates_that_are_none_are_refused() {
        assertThat(codes("mail/reddy.en.md", "Subject: x\n\ny\n")).containsExactly("letter-unknown");
        assertThat(codes("mail/ready.md", "Subject: x\n\ny\n")).containsExactly("letter-unknown");
        assertThat(codes("mail/proof-link.en.md", "No subject\n\n[x]({{link}})\n"))
                .containsExactly("letter-no-subject");
        assertThat(codes("mail/restricted.en.md", "Subject: x {{day}}")).containsExactly("letter-empty");
        assertThat(codes("mail/proof-link.en.md", "Subject: x\n\n[x]({{link}}) {{ code }} {{7*7}}\n"))
                .contains("letter-braces");
        assertThat(codes("mail/ready.en.md", "Subject: {{link}}\n\n[x]({{link}}) {{until}}\n"))
                .containsExactly("letter-bare-link");
        assertThat(codes("mail/restricted.en.md", "Subject: x\n\n[x]({{day}})\n"))
                .containsExactly("letter-no-address");
        assertThat(codes("mail/proof-link.en.md", "Subject: x\n\n" + "y".repeat(20_001)))
                .containsExactly("letter-too-long");
        assertThat(codes("mail/proof-link.en.md", "Subject: x\n\n`{{code}}`\n")).contains("letter-markup");
    }

    @Test
    void a_long_subject_is_cut() {
        Map<String, Value> values = values(LetterKind.PROOF_LINK, "ü".repeat(300));

        assertThat(BUILT_IN.write(LetterKind.PROOF_LINK, "en", values, OWN)
                        .subject()
                        .length())
                .isLessThanOrEqualTo(201);
    }
}
