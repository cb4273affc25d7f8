package dev.kept.server.http;

import dev.kept.core.wording.Wordings;
import dev.kept.server.configuration.LookSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whose pages they are, and the style sheet that all of them share.
 *
 * @param company its name
 * @param words what pages say
 * @param languages those there are words in, the notice's first
 */
public record Look(String company, Asset style, Optional<Asset> logo, Wordings words, List<String> languages) {

    public Look {
        languages = List.copyOf(languages);
    }

    /**
     * @param controller the name that is used where none is configured
     * @param first the notice's languages
     */
    public static Look of(LookSettings settings, String controller, Wordings words, List<String> first) {
        return new Look(
                settings.name().orElse(controller),
                Asset.css("kept", BaseStyle.css(settings)),
                settings.logo().map(logo -> Asset.picture("logo", logo.content(), logo.mediaType())),
                words,
                words.languages(first));
    }

    List<Asset> assets() {
        List<Asset> assets = new ArrayList<>(List.of(style));
        logo.ifPresent(assets::add);
        return assets;
    }
}
