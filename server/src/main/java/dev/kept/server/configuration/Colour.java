package dev.kept.server.configuration;

import java.util.Locale;
import java.util.Optional;

/** A colour of sRGB, each part from 0 to 255. */
public record Colour(int red, int green, int blue) {

    public static Optional<Colour> parse(String text) {
        return text.matches("#[0-9A-Fa-f]{6}")
                ? Optional.of(new Colour(part(text, 1), part(text, 3), part(text, 5)))
                : Optional.empty();
    }

    private static int part(String text, int at) {
        return Integer.parseInt(text.substring(at, at + 2), 16);
    }

    /** From 1 to 21, as WCAG 2.2 defines the contrast ratio. */
    public double contrast(Colour other) {
        double mine = luminance();
        double theirs = other.luminance();
        return (Math.max(mine, theirs) + 0.05) / (Math.min(mine, theirs) + 0.05);
    }

    /** WCAG 2.2, relative luminance. */
    private double luminance() {
        return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
    }

    private static double linear(int part) {
        double share = part / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }

    /** The nearest mixture with white that stands out from a dark ground. */
    Colour lightened(Colour ground, double contrast) {
        Colour mixed = this;
        for (int percent = 0; percent <= 100 && mixed.contrast(ground) < contrast; percent += 2) {
            mixed = new Colour(towardsWhite(red, percent), towardsWhite(green, percent), towardsWhite(blue, percent));
        }
        return mixed;
    }

    private static int towardsWhite(int part, int percent) {
        return part + (255 - part) * percent / 100;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "#%02x%02x%02x", red, green, blue);
    }
}
