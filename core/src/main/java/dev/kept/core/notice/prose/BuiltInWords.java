package dev.kept.core.notice.prose;

import com.ibm.icu.util.ULocale;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The words that need not be written in English, German and Chinese: patterns of ends, legal bases, what pages say of themselves. */
final class BuiltInWords {

    private static final Map<String, String> ENGLISH = Map.ofEntries(
            Map.entry("patterns.after", "{period} after {event}"),
            Map.entry("patterns.at-once", "as soon as {event}"),
            Map.entry("patterns.end-of-year", "{end}, rounded up to the end of that year"),
            Map.entry("patterns.earliest", "{ends}, whichever comes first"),
            Map.entry("patterns.latest", "{ends}, whichever comes last"),
            Map.entry("bases.consent", "your consent"),
            Map.entry("bases.contract", "our contract with you"),
            Map.entry("bases.legal-obligation", "a legal obligation"),
            Map.entry("bases.vital-interests", "somebody’s vital interests"),
            Map.entry("bases.public-task", "a task in the public interest"),
            Map.entry("bases.legitimate-interests", "our legitimate interests"),
            Map.entry("page.skip", "Skip to the text"),
            Map.entry("page.contents", "Contents"),
            Map.entry("page.languages", "Languages"),
            Map.entry("page.in-short", "In short"),
            Map.entry("page.basis", "Legal basis"),
            Map.entry("page.article", "Art. 6(1)({letter}) GDPR"),
            Map.entry("page.ends", "Ends"),
            Map.entry("page.anonymous", "no end: only numbers in which nobody can be told"),
            Map.entry("page.draft", "Draft, not published"),
            Map.entry("page.version", "Version {version}, in force from {date}"),
            Map.entry("page.superseded", "This version is not in force any more."),
            Map.entry("page.upcoming", "This version is not in force yet: it will be on {date}."),
            Map.entry("page.current", "Read the version in force"),
            Map.entry("page.hash", "Fingerprint of its content: {hash}"),
            Map.entry("page.earlier", "Earlier versions"),
            Map.entry("page.formats", "The same as"),
            Map.entry("page.markdown", "Markdown"),
            Map.entry("page.text", "plain text"),
            Map.entry("page.data", "data (JSON-LD)"));

    private static final Map<String, String> GERMAN = Map.ofEntries(
            Map.entry("patterns.after", "{period}, nachdem {event}"),
            Map.entry("patterns.at-once", "sobald {event}"),
            Map.entry("patterns.end-of-year", "{end}, und zwar mit Ablauf jenes Kalenderjahres"),
            Map.entry("patterns.earliest", "{ends}, je nachdem, was zuerst eintritt"),
            Map.entry("patterns.latest", "{ends}, je nachdem, was zuletzt eintritt"),
            Map.entry("patterns.either", "{first}, oder {second}"),
            Map.entry("bases.consent", "Ihre Einwilligung"),
            Map.entry("bases.contract", "unser Vertrag mit Ihnen"),
            Map.entry("bases.legal-obligation", "eine rechtliche Verpflichtung"),
            Map.entry("bases.vital-interests", "lebenswichtige Interessen"),
            Map.entry("bases.public-task", "eine Aufgabe im öffentlichen Interesse"),
            Map.entry("bases.legitimate-interests", "unsere berechtigten Interessen"),
            Map.entry("page.skip", "Zum Text springen"),
            Map.entry("page.contents", "Inhalt"),
            Map.entry("page.languages", "Sprachen"),
            Map.entry("page.in-short", "Kurz gesagt"),
            Map.entry("page.basis", "Rechtsgrundlage"),
            Map.entry("page.article", "Art. 6 Abs. 1 Buchst.\u00a0{letter} DSGVO"),
            Map.entry("page.ends", "Ende"),
            Map.entry("page.anonymous", "kein Ende: nur Zahlen, in denen niemand zu erkennen ist"),
            Map.entry("page.draft", "Entwurf, nicht veröffentlicht"),
            Map.entry("page.version", "Fassung {version}, gültig ab {date}"),
            Map.entry("page.superseded", "Diese Fassung gilt nicht mehr."),
            Map.entry("page.upcoming", "Diese Fassung gilt noch nicht, sondern ab dem {date}."),
            Map.entry("page.current", "Zur geltenden Fassung"),
            Map.entry("page.hash", "Fingerabdruck des Inhalts: {hash}"),
            Map.entry("page.earlier", "Frühere Fassungen"),
            Map.entry("page.formats", "Dasselbe als"),
            Map.entry("page.markdown", "Markdown"),
            Map.entry("page.text", "reiner Text"),
            Map.entry("page.data", "Daten (JSON-LD)"));

    private static final Map<String, String> CHINESE = Map.ofEntries(
            Map.entry("patterns.after", "{event}后{period}"),
            Map.entry("patterns.at-once", "{event}后立即"),
            Map.entry("patterns.end-of-year", "{end}届满当年的年底"),
            Map.entry("patterns.earliest", "{ends}，以先到者为准"),
            Map.entry("patterns.latest", "{ends}，以后到者为准"),
            Map.entry("bases.consent", "您的同意"),
            Map.entry("bases.contract", "我们与您的合同"),
            Map.entry("bases.legal-obligation", "法律义务"),
            Map.entry("bases.vital-interests", "切身利益"),
            Map.entry("bases.public-task", "公共利益任务"),
            Map.entry("bases.legitimate-interests", "我们的正当利益"),
            Map.entry("page.skip", "跳至正文"),
            Map.entry("page.contents", "目录"),
            Map.entry("page.languages", "语言"),
            Map.entry("page.in-short", "简而言之"),
            Map.entry("page.basis", "法律依据"),
            Map.entry("page.article", "GDPR第6条第1款({letter})项"),
            Map.entry("page.ends", "终止"),
            Map.entry("page.anonymous", "不设终止：仅为无法识别任何人的统计数字"),
            Map.entry("page.draft", "草稿，尚未发布"),
            Map.entry("page.version", "第{version}版，自{date}起生效"),
            Map.entry("page.superseded", "本版本已不再生效。"),
            Map.entry("page.upcoming", "本版本尚未生效，将于{date}生效。"),
            Map.entry("page.current", "阅读现行版本"),
            Map.entry("page.hash", "内容指纹：{hash}"),
            Map.entry("page.earlier", "历史版本"),
            Map.entry("page.formats", "其他格式"),
            Map.entry("page.markdown", "Markdown"),
            Map.entry("page.text", "纯文本"),
            Map.entry("page.data", "数据（JSON-LD）"));

    private static final Map<String, Map<String, String>> BY_LANGUAGE = byLanguage();

    private BuiltInWords() {}

    private static Map<String, Map<String, String>> byLanguage() {
        Map<String, Map<String, String>> words = new HashMap<>();
        words.put("en", ENGLISH);
        words.put("de", GERMAN);
        words.put("zh", CHINESE);
        return Map.copyOf(words);
    }

    /** Chinese is built in as it is written with simplified characters. */
    static Map<String, String> of(Locale locale) {
        boolean otherScript = locale.getLanguage().equals("zh")
                && !ULocale.addLikelySubtags(ULocale.forLocale(locale))
                        .getScript()
                        .equals("Hans");
        return otherScript ? Map.of() : BY_LANGUAGE.getOrDefault(locale.getLanguage(), Map.of());
    }

    /** In which a page speaks of itself where its own language has no words for that. */
    static Map<String, String> english() {
        return ENGLISH;
    }
}
