package dev.kept.core.notice.prose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.notice.Notice;
import dev.kept.core.notice.NoticeReader;
import dev.kept.core.source.Reading;
import dev.kept.core.source.SourceText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The example company's notice, whole: the rules and the prose fit each other. */
class LarkfieldProseTest {

    private static final Path PRIVACY = Path.of("..", "examples", "larkfield", "privacy");

    private static SourceText file(String name) {
        try {
            return new SourceText(name, Files.readString(PRIVACY.resolve(name)));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Reading<Notice> rules() {
        Reading<Notice> rules = NoticeReader.read(file("notice.yaml"));
        assertThat(rules.problems()).isEmpty();
        return rules;
    }

    private static final List<String> LANGUAGES = List.of("en", "de", "zh");

    private static final Reading<List<Prose>> PROSE = read();

    private static Reading<List<Prose>> read() {
        Reading<Notice> rules = rules();
        return ProseCheck.read(
                LANGUAGES.stream()
                        .map(language -> file(ProseReader.fileOf(language)))
                        .toList(),
                rules.value().orElseThrow(),
                rules.places());
    }

    private static Prose in(String language) {
        return PROSE.value().orElseThrow().get(LANGUAGES.indexOf(language));
    }

    private static String stating(String language, String path) {
        return in(language).stating(path).stream().map(Sentence::plain).collect(Collectors.joining("\n"));
    }

    @Test
    void the_prose_of_every_language_states_every_rule_and_leaves_nothing_to_advise() {
        assertThat(rules().value().orElseThrow().languages()).isEqualTo(LANGUAGES);
        assertThat(PROSE.problems()).isEmpty();
    }

    @Test
    void it_has_eight_chapters_each_said_in_short_in_every_language() {
        for (String language : LANGUAGES) {
            List<Block> blocks = in(language).blocks();
            List<Integer> chapters = IntStream.range(0, blocks.size())
                    .filter(i -> blocks.get(i) instanceof Block.Heading heading && heading.level() == 2)
                    .boxed()
                    .toList();
            assertThat(chapters).as(language).hasSize(8);
            assertThat(chapters)
                    .as(language)
                    .allSatisfy(i -> assertThat(blocks.get(i + 1)).isInstanceOf(Block.InShort.class));
        }
    }

    @Test
    void every_language_says_the_same_with_the_same_anchors_in_the_same_order() {
        assertThat(shape("de")).isEqualTo(shape("en"));
        assertThat(shape("zh")).isEqualTo(shape("en"));
    }

    private static List<String> shape(String language) {
        return in(language)
                .sentences()
                .filter(sentence -> !sentence.anchors().isEmpty())
                .map(sentence -> sentence.kind() + " "
                        + sentence.anchors().stream().map(Sentence.Anchor::path).collect(Collectors.joining(" ")))
                .toList();
    }

    @Test
    void its_english_says_the_values_of_the_rules() {
        assertThat(stating("en", "uses.account.ends"))
                .endsWith("We keep it until 30 days after you close your account or 2 years after you were last active,"
                        + " whichever comes first.");
        assertThat(stating("en", "keeps.longest")).contains("for more than 2 years");
        assertThat(stating("en", "shares.sale")).contains("sell, rent out or trade");
        assertThat(stating("en", "cookies.basket")).contains("for 1 day. ").contains("for 6 months. ");
    }

    @Test
    void its_german_says_periods_lists_and_cases_as_germans_do() {
        assertThat(stating("de", "uses.account.ends"))
                .contains(
                        "Dafür verwenden wir Ihren Namen, Ihre E-Mail-Adresse, Ihre Telefonnummer, Ihre Postanschrift,"
                                + " Ihren Benutzernamen, Ihr Passwort, Ihre Anmeldungen und Ihre Einstellungen. ")
                .endsWith(
                        "Das endet 30 Tage, nachdem Sie Ihr Konto geschlossen haben, oder 2 Jahre, nachdem Sie zuletzt"
                                + " aktiv waren, je nachdem, was zuerst eintritt.");
        assertThat(stating("de", "rights.answered-within")).isEqualTo("Wir antworten innerhalb von 30 Tagen.");
        assertThat(stating("de", "keeps.longest")).contains("länger als 2 Jahre");
        assertThat(stating("de", "shares.sale")).contains("nicht verkaufen, vermieten oder eintauschen");
        assertThat(stating("de", "cookies.basket"))
                .contains("und zwar 1 Tag lang. ")
                .contains("und zwar 6 Monate lang. ");
        assertThat(stating("de", "contact")).endsWith("12345 Musterstadt.");
        assertThat(stating("de", "shares.mailer.country")).contains("arbeitet in den USA");
        assertThat(stating("de", "keeps.beyond.accounting.law")).contains("(§\u00a0257 HGB und §\u00a0147 AO)");
    }

    @Test
    void its_chinese_says_periods_and_lists_as_chinese_do() {
        assertThat(stating("zh", "uses.account.ends"))
                .contains("为此我们使用您的姓名、您的电子邮箱地址、您的电话号码、您的邮寄地址、您的用户名、您的密码、您的登录记录和您的设置。")
                .endsWith("该用途终止于您关闭账户后30天或您最后一次使用账户后2年，以先到者为准。");
        assertThat(stating("zh", "rights.answered-within")).isEqualTo("我们将在30天内答复。");
        assertThat(stating("zh", "keeps.longest")).contains("都不超过2年，");
        assertThat(stating("zh", "shares.sale")).contains("出售、出租或交换您的数据");
        assertThat(stating("zh", "cookies.basket")).contains("为期1天；").contains("为期6个月；");
        assertThat(stating("zh", "shares.mailer.country")).contains("位于美国；");
        assertThat(stating("zh", "keeps.beyond.accounting")).contains("直至您下单后10年届满当年的年底（德国《商法典》第257条");
        assertThat(stating("zh", "contact")).endsWith("12345 Musterstadt，德国。");
    }

    @Test
    void nothing_of_one_language_stands_in_another() {
        assertThat(in("zh").plain()).doesNotContainPattern("(?i)\\b(days?|years?|and|or|Tage|Jahre|und)\\b");
        assertThat(in("de").plain()).doesNotContainPattern("\\b(days|years|and|your|of)\\b");
        assertThat(in("zh").plain())
                .doesNotContainPattern("[\\p{IsHan}][,;:?!.]")
                .doesNotContainPattern("\\p{IsHan} \\p{IsHan}");
    }
}
