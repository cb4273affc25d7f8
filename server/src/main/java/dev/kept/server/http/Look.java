package dev.kept.server.http;

import dev.kept.server.configuration.LookSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whose pages they are, and the style sheet that all of them share.
 *
 * @param company its name
 */
public record Look(String company, Asset style, Optional<Asset> logo) {

    /** @param controller the name that is used where none is configured */
    public static Look of(LookSettings settings, String controller) {
        return new Look(
                settings.name().orElse(controller),
                Asset.css("kept", BaseStyle.css(settings)),
                settings.logo().map(logo -> Asset.picture("logo", logo.content(), logo.mediaType())));
    }

    List<Asset> assets() {
        List<Asset> assets = new ArrayList<>(List.of(style));
        logo.ifPresent(assets::add);
        return assets;
    }
}
