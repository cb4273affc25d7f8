package dev.kept.server.inform;

import dev.kept.core.notice.prose.Prose;
import dev.kept.server.configuration.Home;
import dev.kept.server.mail.Mails;
import dev.kept.server.state.State;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;

/** The parts that tell recipients, of a notice and its settings as they are at one moment. */
public final class Channels {

    private final Home home;
    private final State state;
    private final Mails mails;

    public Channels(Home home) {
        this.home = home;
        this.state = home.state();
        this.mails = new Mails(state, home.letters(), home.checked().notice().orElseThrow(), home.address());
    }

    public Informing informing() {
        return new Informing(
                state,
                home.checked().notice().orElseThrow(),
                home.settings().recipients(),
                mails,
                words(home.prose()),
                home.address());
    }

    public Reminding reminding() {
        return new Reminding(
                state,
                home.settings().recipients(),
                home.settings().subscriptions(),
                mails,
                words(home.prose()),
                home.address(),
                home.environment());
    }

    /** The notice's own words for a category, in a recipient's language where the notice has it. */
    static BiFunction<String, String, String> words(List<Prose> prose) {
        return (language, category) -> prose.stream()
                .filter(text -> main(text.language()).equals(main(language)))
                .flatMap(text -> text.glossary().word("collects." + category).stream())
                .findFirst()
                .orElse(category);
    }

    private static String main(String language) {
        return Locale.forLanguageTag(language).getLanguage();
    }
}
