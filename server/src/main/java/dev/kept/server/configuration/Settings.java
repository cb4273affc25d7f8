package dev.kept.server.configuration;

import dev.kept.core.ledger.KeyName;
import dev.kept.core.source.Element;
import dev.kept.core.source.Fields;
import dev.kept.core.source.Problem;
import dev.kept.core.source.Problems;
import dev.kept.core.source.SourceText;
import dev.kept.core.source.YamlReader;
import dev.kept.server.failure.CannotRun;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where Kept itself runs, from {@code kept.yaml} beside the notice; everything has a default.
 *
 * <pre>{@code
 * state: embedded                 # or embedded:NAME, or a JDBC URL, ${KEPT_STATE_URL}
 * directory: ../.kept             # of the embedded database, from the notice's folder
 * brake: 20                       # percent of a table a sweep may take without a second person's yes
 * ledger: shop.example/ledger     # the ledger's name; by default the notice's first site and `/ledger`
 * sign-in: {…}                    # where staff sign in, see SignInSettings
 * mail: {smtp: …, from: …}        # see MailSettings
 * serve: {…}                      # {@link ServeSettings}
 * look: {…}                       # {@link LookSettings}
 * recipients: {…}                 # {@link RecipientSettings}
 * subscriptions: {…}              # {@link SubscriptionSettings}
 * }</pre>
 *
 * @param state the JDBC URL of Kept's own database; empty for the embedded one
 * @param directory of the embedded database
 * @param brakePercent of a table's rows that one sweep may delete or clear without approval
 * @param ledger what the ledger and its keys are called; empty for the default
 * @param requests how requests are worked on
 * @param signIn where staff sign in; empty where only one-time links do
 * @param recipients by which way recipients are told
 * @param subscriptions the company's own endpoints
 * @param mail empty where mails are kept and none is sent
 */
public record Settings(
        Optional<String> state,
        Path directory,
        int brakePercent,
        Optional<String> ledger,
        ServeSettings serve,
        LookSettings look,
        Optional<SignInSettings> signIn,
        Optional<MailSettings> mail,
        RequestSettings requests,
        RecipientSettings recipients,
        SubscriptionSettings subscriptions) {

    /** The share of a table a sweep may take before it asks. */
    public static final int DEFAULT_BRAKE_PERCENT = 20;

    /** Reads {@code kept.yaml}, or takes the defaults where there is none. */
    public static Settings of(PrivacyFolder folder) {
        Optional<SourceText> file = folder.files().stream()
                .filter(source -> source.name().equals("kept.yaml"))
                .findFirst();
        Path directory = folder.path().toAbsolutePath().normalize().resolveSibling(".kept");
        if (file.isEmpty()) {
            return new Settings(
                    Optional.empty(),
                    directory,
                    DEFAULT_BRAKE_PERCENT,
                    Optional.empty(),
                    ServeSettings.NONE,
                    LookSettings.NONE,
                    Optional.empty(),
                    Optional.empty(),
                    RequestSettings.DEFAULT,
                    RecipientSettings.NONE,
                    SubscriptionSettings.NONE);
        }
        Problems problems = new Problems("kept.yaml");
        Optional<Settings> read = YamlReader.read(file.get(), problems).map(root -> read(folder, root, directory));
        if (problems.failed() || read.isEmpty()) {
            throw new CannotRun(
                    "`kept.yaml` cannot be used: "
                            + problems.reading(Optional.empty()).problems().stream()
                                    .map(Settings::line)
                                    .collect(Collectors.joining("; ")),
                    "mend these lines");
        }
        return read.get();
    }

    private static Settings read(PrivacyFolder folder, Element root, Path directory) {
        Fields fields = root.fields(
                "state",
                "directory",
                "brake",
                "ledger",
                "serve",
                "look",
                "sign-in",
                "mail",
                "requests",
                "recipients",
                "subscriptions");
        Optional<String> state = fields.get("state").flatMap(Element::text).filter(text -> !text.equals("embedded"));
        Path place = fields.get("directory")
                .flatMap(Element::text)
                .map(text -> folder.path().toAbsolutePath().resolve(text).normalize())
                .orElse(directory);
        int brake = fields.get("brake")
                .flatMap(element -> element.whole(0, 100))
                .map(Long::intValue)
                .orElse(DEFAULT_BRAKE_PERCENT);
        return new Settings(
                state,
                place,
                brake,
                fields.get("ledger").flatMap(Element::text).map(Settings::ledgerName),
                fields.get("serve").map(ServeSettings::read).orElse(ServeSettings.NONE),
                fields.get("look")
                        .map(section -> LookSettings.read(folder, section))
                        .orElse(LookSettings.NONE),
                fields.get("sign-in").flatMap(SignInSettings::read),
                fields.get("mail").flatMap(MailSettings::read),
                fields.get("requests").map(RequestSettings::read).orElse(RequestSettings.DEFAULT),
                fields.get("recipients").map(RecipientSettings::read).orElse(RecipientSettings.NONE),
                fields.get("subscriptions").map(SubscriptionSettings::read).orElse(SubscriptionSettings.NONE));
    }

    private static String ledgerName(String name) {
        if (!KeyName.fits(name)) {
            throw new CannotRun(
                    "`ledger` in `kept.yaml` is no name of a log",
                    "write an address without scheme, spaces and `+`: ledger: shop.example/ledger");
        }
        return name;
    }

    private static String line(Problem problem) {
        return problem.place() + " " + problem.message();
    }
}
