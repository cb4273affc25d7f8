package dev.kept.core.notice;

import dev.kept.core.notice.Notice.SignalAnswer;
import dev.kept.core.source.Element;
import dev.kept.core.source.Fields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The signals of chapter 6, which browsers send by themselves: Do Not Track and Global Privacy Control. */
public final class Signals {

    public static final List<String> KNOWN = List.of("dnt", "gpc");

    private static final Map<String, SignalAnswer> ANSWERS = Written.words(
            answer -> answer == SignalAnswer.HONOURED ? "honoured" : "not-answered", List.of(SignalAnswer.values()));

    private Signals() {}

    /** Which signals are answered how, in the order of {@link #KNOWN}; what is not said is not in it. */
    public static Map<String, SignalAnswer> read(Element element) {
        Fields known = element.fields(KNOWN.toArray(String[]::new));
        Map<String, SignalAnswer> signals = new LinkedHashMap<>();
        for (String signal : KNOWN) {
            known.get(signal).flatMap(e -> e.choice(ANSWERS)).ifPresent(answer -> signals.put(signal, answer));
        }
        return signals;
    }
}
