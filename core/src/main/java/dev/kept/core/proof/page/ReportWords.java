package dev.kept.core.proof.page;

import dev.kept.core.proof.Verdict;
import java.util.Map;

/** The report's own words in English, German and Chinese; findings and reasons are in English everywhere. */
final class ReportWords {

    private static final Map<String, String> ENGLISH = Map.ofEntries(
            Map.entry("title", "Is this page kept?"),
            Map.entry(
                    "intro",
                    "On {date} every sentence below that promises or permits something was held against the data itself. Beside each stands what was found."),
            Map.entry("show", "Show"),
            Map.entry("all", "all"),
            Map.entry("broken", "broken"),
            Map.entry("not shown", "not shown"),
            Map.entry("not exceeded", "not exceeded"),
            Map.entry("kept", "kept"),
            Map.entry("means.broken", "the data says otherwise: how much, and where"),
            Map.entry("means.not shown", "nothing has looked, or something is unknown"),
            Map.entry("means.not exceeded", "what we may do was not overstepped, as far as was looked"),
            Map.entry("means.kept", "looked at, and nothing speaks against it"),
            Map.entry("evidence", "What was found"),
            Map.entry("attempt", "What to do:"),
            Map.entry("remedy", "What would make it known:"),
            Map.entry("sentences", "Sentences:"),
            Map.entry("looked", "What was looked at"),
            Map.entry(
                    "store",
                    "Store {store}: one read-only snapshot taken on {date}, standing {limit} seconds at most."),
            Map.entry("replica", "A replica answered, which may lag behind."),
            Map.entry("proof", "Proof"),
            Map.entry(
                    "entry",
                    "These verdicts are entry {index} of the ledger {log}, which can only grow. The proof verifies offline, with tools that are not ours: the entry’s hash leads to the signed head of the log."),
            Map.entry("entry-file", "the entry"),
            Map.entry("proof-file", "the proof (tlog-proof)"),
            Map.entry("key", "The log’s key:"),
            Map.entry("no-proof", "This report is in no ledger."),
            Map.entry("see", "why"));

    private static final Map<String, String> GERMAN = Map.ofEntries(
            Map.entry("title", "Wird diese Seite eingehalten?"),
            Map.entry(
                    "intro",
                    "Am {date} wurde jeder Satz, der etwas verspricht oder erlaubt, mit den Daten selbst verglichen. Neben jedem steht, was sich zeigte."),
            Map.entry("show", "Zeigen"),
            Map.entry("all", "alle"),
            Map.entry("broken", "gebrochen"),
            Map.entry("not shown", "nicht gezeigt"),
            Map.entry("not exceeded", "nicht überschritten"),
            Map.entry("kept", "gehalten"),
            Map.entry("means.broken", "die Daten sagen etwas anderes: wie viel und wo"),
            Map.entry("means.not shown", "niemand hat nachgesehen, oder etwas ist unbekannt"),
            Map.entry("means.not exceeded", "was wir dürfen, wurde nicht überschritten, soweit nachgesehen wurde"),
            Map.entry("means.kept", "nachgesehen, und nichts spricht dagegen"),
            Map.entry("evidence", "Was gefunden wurde"),
            Map.entry("attempt", "Was zu tun ist:"),
            Map.entry("remedy", "Was es zeigen würde:"),
            Map.entry("sentences", "Sätze:"),
            Map.entry("looked", "Was angesehen wurde"),
            Map.entry(
                    "store", "Datenbank {store}: ein nur lesender Stand vom {date}, höchstens {limit} Sekunden lang."),
            Map.entry("replica", "Geantwortet hat eine Kopie, die nachhinken kann."),
            Map.entry("proof", "Nachweis"),
            Map.entry(
                    "entry",
                    "Diese Urteile sind Eintrag {index} des Protokolls {log}, das nur wachsen kann. Der Nachweis lässt sich ohne Netz prüfen, mit Werkzeugen, die nicht von uns sind: Der Hash des Eintrags führt zum unterschriebenen Kopf des Protokolls."),
            Map.entry("entry-file", "der Eintrag"),
            Map.entry("proof-file", "der Nachweis (tlog-proof)"),
            Map.entry("key", "Der Schlüssel des Protokolls:"),
            Map.entry("no-proof", "Dieser Bericht steht in keinem Protokoll."),
            Map.entry("see", "warum"));

    private static final Map<String, String> CHINESE = Map.ofEntries(
            Map.entry("title", "本页的承诺兑现了吗？"),
            Map.entry("intro", "{date}，下文中每一句作出承诺或许可的话都与数据本身作了比对。每句旁边写明所见结果。"),
            Map.entry("show", "显示"),
            Map.entry("all", "全部"),
            Map.entry("broken", "未兑现"),
            Map.entry("not shown", "未证明"),
            Map.entry("not exceeded", "未超出"),
            Map.entry("kept", "已兑现"),
            Map.entry("means.broken", "数据与所言不符：数量与位置"),
            Map.entry("means.not shown", "尚无核查，或有未知之处"),
            Map.entry("means.not exceeded", "就核查所及，未超出许可范围"),
            Map.entry("means.kept", "已核查，未见相反情况"),
            Map.entry("evidence", "核查结果"),
            Map.entry("attempt", "应采取的措施："),
            Map.entry("remedy", "如何得以证明："),
            Map.entry("sentences", "相关语句："),
            Map.entry("looked", "核查范围"),
            Map.entry("store", "数据库{store}：{date}取得的一份只读快照，至多保持{limit}秒。"),
            Map.entry("replica", "由副本应答，可能略有滞后。"),
            Map.entry("proof", "证明"),
            Map.entry("entry", "以上结论是日志{log}的第{index}条记录，该日志只能增加。此证明可离线验证，所用工具并非出自我们：记录的哈希值可推至已签名的日志头。"),
            Map.entry("entry-file", "记录"),
            Map.entry("proof-file", "证明文件（tlog-proof）"),
            Map.entry("key", "日志密钥："),
            Map.entry("no-proof", "本报告未写入任何日志。"),
            Map.entry("see", "原因"));

    private final Map<String, String> words;

    private ReportWords(Map<String, String> words) {
        this.words = words;
    }

    /** The words of a language; English where there are none. */
    static ReportWords of(String language) {
        String base = language.split("-", 2)[0];
        return new ReportWords(
                switch (base) {
                    case "de" -> GERMAN;
                    case "zh" -> CHINESE;
                    default -> ENGLISH;
                });
    }

    String say(String key) {
        String word = words.get(key);
        if (word == null) {
            throw new IllegalArgumentException("the report has no words for `" + key + "`");
        }
        return word;
    }

    String say(String key, Map<String, String> values) {
        String said = say(key);
        for (Map.Entry<String, String> value : values.entrySet()) {
            said = said.replace("{" + value.getKey() + "}", value.getValue());
        }
        return said;
    }

    String say(Verdict.Kind kind) {
        return say(kind.word());
    }
}
