package dev.kept.server.demo;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.function.Function;

/**
 * How people of one language are called, where they live and what they write; read from {@code words.properties}.
 *
 * @param language of two letters
 * @param country of two letters
 */
record Culture(
        String language,
        String country,
        List<Spelling> given,
        List<Spelling> family,
        List<String> streets,
        List<City> cities,
        Phrases phrases) {

    private static final String WORDS = "words.properties";

    /** A name in its own script and in plain Latin letters, for user names and e-mails. */
    record Spelling(String name, String latin) {}

    /** A city and where it lies. */
    record City(String name, String postcode, double latitude, double longitude) {}

    /** Texts with <code>{name}</code>, <code>{other}</code>, <code>{city}</code>, <code>{thing}</code> to be filled in. */
    record Phrases(
            List<String> posts,
            List<String> messages,
            List<String> tickets,
            List<String> notes,
            List<String> gifts,
            List<String> testimonials,
            List<String> searches) {}

    /** Family name first, as the language has it. */
    String fullName(String givenName, String familyName) {
        return language.equals("ja") ? familyName + " " + givenName : givenName + " " + familyName;
    }

    static List<Culture> all() {
        Properties words = new Properties();
        try (Reader reader = new InputStreamReader(
                Objects.requireNonNull(Culture.class.getResourceAsStream(WORDS), WORDS), StandardCharsets.UTF_8)) {
            words.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return entries(words, "cultures").stream()
                .map(language -> of(language, words))
                .toList();
    }

    private static Culture of(String language, Properties words) {
        Function<String, List<String>> entries = key -> entries(words, language + "." + key);
        return new Culture(
                language,
                entries.apply("country").getFirst(),
                entries.apply("given").stream().map(Culture::spelling).toList(),
                entries.apply("family").stream().map(Culture::spelling).toList(),
                entries.apply("streets"),
                entries.apply("cities").stream().map(Culture::city).toList(),
                new Phrases(
                        entries.apply("post"),
                        entries.apply("message"),
                        entries.apply("ticket"),
                        entries.apply("note"),
                        entries.apply("gift"),
                        entries.apply("testimonial"),
                        entries.apply("search")));
    }

    private static List<String> entries(Properties words, String key) {
        return Arrays.asList(Objects.requireNonNull(words.getProperty(key), key).split("; ", -1));
    }

    private static Spelling spelling(String entry) {
        int equals = entry.indexOf('=');
        return new Spelling(entry.substring(0, equals), entry.substring(equals + 1));
    }

    private static City city(String entry) {
        int equals = entry.indexOf('=');
        List<String> place = Arrays.asList(entry.substring(equals + 1).split(" ", 3));
        return new City(
                entry.substring(0, equals),
                place.get(0),
                Double.parseDouble(place.get(1)),
                Double.parseDouble(place.get(2)));
    }
}
