package dev.kept.server.confirm;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What the page says, in one language.
 *
 * @param done by what was done: erasure, rectification, restriction
 */
record Words(
        String skip,
        String title,
        String lead,
        String recipient,
        String what,
        Map<String, String> done,
        String since,
        String promise,
        String button,
        String thanks,
        String noted) {

    static final List<String> LANGUAGES = List.of("en", "de", "zh");

    private static final Map<String, Words> ALL = Map.of(
            "en",
            new Words(
                    "Skip to the text",
                    "Please confirm",
                    "You received personal data from {company}, and were told what became of it (Art. 19 GDPR).",
                    "Recipient",
                    "What was done",
                    Map.of(
                            "erasure", "The data was deleted",
                            "rectification", "The data was corrected",
                            "restriction", "The data was restricted: it may only be stored"),
                    "Told since",
                    "By confirming you say that you did the same with what you hold, as far as the law lets you.",
                    "Confirm",
                    "Thank you",
                    "Your confirmation is noted. Nothing more is to be done."),
            "de",
            new Words(
                    "Zum Text springen",
                    "Bitte bestätigen",
                    "Sie haben von {company} personenbezogene Daten erhalten und eine Mitteilung darüber, was damit geschehen ist (Art. 19 DSGVO).",
                    "Empfänger",
                    "Was getan wurde",
                    Map.of(
                            "erasure", "Die Daten wurden gelöscht",
                            "rectification", "Die Daten wurden berichtigt",
                            "restriction", "Die Daten wurden eingeschränkt: Sie dürfen nur noch gespeichert werden"),
                    "Mitgeteilt seit",
                    "Mit der Bestätigung sagen Sie, dass Sie mit Ihren Daten ebenso verfahren sind, soweit das Recht es zulässt.",
                    "Bestätigen",
                    "Danke",
                    "Ihre Bestätigung ist festgehalten. Es ist nichts weiter zu tun."),
            "zh",
            new Words(
                    "跳至正文",
                    "请确认",
                    "您曾从{company}接收个人数据，并已收到关于其处理结果的通知（GDPR第19条）。",
                    "接收方",
                    "处理结果",
                    Map.of("erasure", "数据已删除", "rectification", "数据已更正", "restriction", "数据已限制处理，仅可存储"),
                    "通知日期",
                    "确认即表示您已在法律允许的范围内对您持有的数据作同样处理。",
                    "确认",
                    "谢谢",
                    "您的确认已记录，无需再做任何操作。"));

    static Words of(String language) {
        return Objects.requireNonNull(ALL.getOrDefault(language, ALL.get("en")));
    }
}
