package dev.kept.core.proof;

import dev.kept.core.notice.Notice;
import dev.kept.core.notice.Use;
import dev.kept.core.proof.Unclear.Reason;
import java.util.Optional;

/** Why nothing is known of a rule at which no check has looked: said of each kind of rule, so that no silence passes for a yes. */
final class Unlooked {

    private static final String LATER = "nothing yet: Kept has no part that looks at it";

    private Unlooked() {}

    /** @param path of a rule or a chapter */
    static Unclear at(Notice notice, String path) {
        int dot = path.indexOf('.');
        String chapter = dot < 0 ? path : path.substring(0, dot);
        return switch (chapter) {
            case "collects" -> collects(path);
            case "uses" -> use(notice, path);
            case "keeps" -> keeps(notice, path);
            case "shares" ->
                nothing(
                        "what leaves the company's systems is not recorded: Kept sees no disclosure to anybody",
                        "disclosures recorded as they happen; contracts and recipients are not there yet in Kept");
            case "cookies" ->
                nothing(
                        "nobody has looked which cookies and pixels the sites set, and when",
                        "the sites visited by a browser of Kept's; this is not there yet");
            case "signals" ->
                nothing(
                        "nobody has sent the signal to the sites and seen what they do",
                        "the sites visited with the signal switched on; this is not there yet");
            case "rights" -> rights(path);
            case "contact" ->
                nothing(
                        "whether somebody answers at these addresses no database says",
                        "a letter to each of them, answered");
            case "controller", "covers" ->
                nothing(
                        "who is responsible, and for what, is said by the notice itself",
                        "a look at the register of companies, and at the sites themselves");
            default -> nothing("nothing looks at `" + path + "`", LATER);
        };
    }

    private static Unclear nothing(String message, String remedy) {
        return Unclear.of(Reason.NOTHING_LOOKS, message, remedy);
    }

    private static Unclear collects(String path) {
        if (path.endsWith(".without-it")) {
            return nothing("what is missing for who refuses only a try on the site or in the app shows", LATER);
        }
        if (path.endsWith(".identifies")) {
            return Unclear.of(
                    Reason.MAPPED_NOWHERE,
                    "no column of any store holds it by the maps, so none of its values was looked at",
                    "a map of the store where it lies");
        }
        if (path.equals("collects")) {
            return noStore();
        }
        return Unclear.of(
                Reason.MAPPED_NOWHERE,
                "no column of any store holds `" + path.substring("collects.".length())
                        + "` by the maps: where it lies, nothing has looked",
                "a map of the store where it lies, or a notice that no longer says it is collected");
    }

    private static Unclear use(Notice notice, String path) {
        Optional<Use> named = use(notice.uses().values(), path);
        if (named.isPresent() && !named.get().path().equals(path) && !path.endsWith(".ends")) {
            return part(path);
        }
        if (named.isPresent() && !named.get().concernsPersons()) {
            return nothing(
                    "whether the numbers of `" + named.get().id()
                            + "` are always of so many people together, nobody has looked at",
                    "figures that ended rows leave (`anonymise` in a map); queries that run through Kept are not there yet");
        }
        return Unclear.of(
                Reason.MAPPED_NOWHERE,
                "no table of any store serves `" + named.map(Use::id).orElse(path)
                        + "` by the maps, so nothing of it was looked at",
                "a map of the store whose tables serve it, or a notice without it");
    }

    private static Optional<Use> use(Iterable<Use> uses, String path) {
        for (Use use : uses) {
            if (path.equals(use.path()) || path.startsWith(use.path() + ".")) {
                return Optional.of(use);
            }
        }
        return Optional.empty();
    }

    /** What a use rests on and reads. */
    private static Unclear part(String path) {
        return path.endsWith(".data")
                ? nothing(
                        "which program reads which data for it is not recorded",
                        "readings that ask Kept first; this is not there yet")
                : path.endsWith(".basis")
                        ? nothing(
                                "on which ground data is used is a statement of law; consents are not recorded by Kept yet",
                                "consents recorded with the text they were given to; this is not there yet")
                        : nothing("it is said by the notice, and no database shows it", LATER);
    }

    private static Unclear keeps(Notice notice, String path) {
        if (path.startsWith("keeps.then.backups")) {
            return nothing("what lies in backups, and who can reach it, Kept does not see", LATER);
        }
        return path.startsWith("keeps.beyond.") ? use(notice, path) : noStore();
    }

    private static Unclear noStore() {
        return Unclear.of(Reason.MAPPED_NOWHERE, "no store is mapped, so nothing was looked at", "a map of each store");
    }

    private static Unclear rights(String path) {
        return path.equals("rights.erase")
                ? Unclear.of(
                        Reason.NOTHING_HAPPENED,
                        "nobody has asked for erasure yet, as far as Kept knows",
                        "a request carried out with `kept erase`, or received through Kept")
                : nothing(
                        "how people's requests are answered was not looked at",
                        "`kept prove` with Kept's own database");
    }
}
