package dev.kept.server.confirm;

import java.util.Map;
import java.util.Objects;

/** What the page of {@link ContactRoom} says, in one language. */
record ContactWords(
        String skip, String title, String lead, String promise, String button, String thanks, String noted) {

    private static final Map<String, ContactWords> ALL = Map.of(
            "en",
            new ContactWords(
                    "Skip to the text",
                    "Does somebody read what comes there?",
                    "The privacy notice of {company} names the address to which the letter went that led you here.",
                    "By pressing the button you say that a person reads what comes to it. It counts once.",
                    "Yes, somebody reads it",
                    "Thank you",
                    "It is noted that the letter was answered. Nothing more is to be done."),
            "de",
            new ContactWords(
                    "Zum Text springen",
                    "Liest jemand, was dort ankommt?",
                    "Die Datenschutzerklärung von {company} nennt die Adresse, an die der Brief ging, der Sie hierher geführt hat.",
                    "Mit der Schaltfläche sagen Sie, dass ein Mensch liest, was dort ankommt. Sie gilt einmal.",
                    "Ja, hier liest jemand",
                    "Danke",
                    "Es ist festgehalten, dass der Brief beantwortet wurde. Es ist nichts weiter zu tun."),
            "zh",
            new ContactWords(
                    "跳至正文",
                    "发到该地址的邮件有人阅读吗？",
                    "{company}的隐私声明载明了收到此邮件的地址，您正是由该邮件来到此页。",
                    "点击按钮即表示有人阅读发到该地址的邮件。此操作仅一次有效。",
                    "是的，有人阅读",
                    "谢谢",
                    "已记录该邮件得到答复，无需再做任何操作。"));

    static ContactWords of(String language) {
        return Objects.requireNonNull(ALL.getOrDefault(language, ALL.get("en")));
    }
}
