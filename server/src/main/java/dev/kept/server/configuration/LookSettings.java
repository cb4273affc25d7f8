package dev.kept.server.configuration;

import dev.kept.core.source.Element;
import dev.kept.core.source.Fields;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Section {@code look:} of {@code kept.yaml}: whose pages they are to the eye.
 *
 * <pre>{@code
 * look:
 *   name: Larkfield            # by default the controller's
 *   logo: logo.svg             # SVG or PNG in the notice's folder
 *   colours: {accent: "#1f6b4a", accent-dark: "#86cfa9"}
 * }</pre>
 *
 * @param name of the company; empty for the controller's
 * @param accent of links and buttons on the light ground
 * @param accentDark the same on the dark one
 */
public record LookSettings(Optional<String> name, Optional<Logo> logo, Colour accent, Colour accentDark) {

    /** The ground of pages. */
    public static final Colour PAPER = new Colour(0xfd, 0xfc, 0xf9);

    /** The ground of pages in the dark. */
    public static final Colour PAPER_DARK = new Colour(0x17, 0x18, 0x15);

    /** What text needs (WCAG 2.2, success criterion 1.4.3). */
    private static final double LEAST_CONTRAST = 4.5;

    /** What a colour of ours is lightened to for the dark. */
    private static final double GOOD_CONTRAST = 7;

    private static final int LONGEST_NAME = 80;

    /** Kept's own. */
    public static final LookSettings NONE = new LookSettings(
            Optional.empty(), Optional.empty(), new Colour(0x1f, 0x6b, 0x4a), new Colour(0x86, 0xcf, 0xa9));

    static LookSettings read(PrivacyFolder folder, Element section) {
        Fields fields = section.fields("name", "logo", "colours");
        Optional<String> name = fields.get("name")
                .flatMap(element -> element.parsed(
                        "long-name",
                        "a name of at most " + LONGEST_NAME + " characters",
                        "shorten it",
                        text -> Optional.of(text.strip()).filter(one -> one.length() <= LONGEST_NAME)));
        Optional<Logo> logo = fields.get("logo").flatMap(element -> Logo.read(folder.path(), element));
        Optional<Fields> colours = fields.get("colours").map(element -> element.fields("accent", "accent-dark"));
        Optional<Colour> accent = colours.flatMap(all -> all.get("accent")).flatMap(one -> colour(one, PAPER));
        Optional<Colour> dark = colours.flatMap(all -> all.get("accent-dark")).flatMap(one -> colour(one, PAPER_DARK));
        return new LookSettings(
                name,
                logo,
                accent.orElse(NONE.accent),
                dark.or(() -> accent.map(one -> one.lightened(PAPER_DARK, GOOD_CONTRAST)))
                        .orElse(NONE.accentDark));
    }

    private static Optional<Colour> colour(Element element, Colour ground) {
        Optional<Colour> colour = element.parsed("bad-colour", "a colour", "write \"#1f6b4a\"", Colour::parse);
        Optional<Double> contrast = colour.map(one -> one.contrast(ground));
        if (contrast.filter(one -> one < LEAST_CONTRAST).isPresent()) {
            element.error(
                    "low-contrast",
                    String.format(
                            Locale.ROOT,
                            "`%s` has a contrast of %.1f to the ground `%s`, and %.1f is what people need to read it",
                            colour.get(),
                            contrast.get(),
                            ground,
                            LEAST_CONTRAST),
                    ground.equals(PAPER) ? "take a darker one" : "take a lighter one");
        }
        return colour;
    }

    /** What a style sheet needs to know. */
    public Map<String, String> colours() {
        return Map.of("accent", accent.toString(), "accent-dark", accentDark.toString());
    }
}
