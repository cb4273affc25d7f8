package dev.kept.server.demo;

import dev.kept.server.demo.Dice.Topic;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Devices, sign-ins, and what the servers and the app note by themselves. */
final class LogRows implements Writer {

    /** Where the sign-in server stands, whose log has no time zone. */
    private static final ZoneId SIGN_IN_SERVER = ZoneId.of("Europe/Berlin");

    private static final List<String> AGENTS = List.of(
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15",
            "LarkfieldApp/4.2 (Android 16)");
    private static final List<String> MODELS = List.of("Fern 6", "Fern 7 mini", "Slate X", "Tern Pad", "desktop");
    private static final List<String> CARRIERS = List.of("Hillnet", "Ostfunk", "Mobila");
    private static final List<String> PATHS = List.of("/", "/p/", "/basket", "/account", "/help/returns", "/draws");
    private static final List<String> REFERRERS = List.of("https://search.example/", "https://blog.example/autumn");

    private final long seed;
    private final History history;
    private long lastLogin;
    private long lastSearch;
    private long lastCrash;

    private final Rows devices = Rows.of(
            "shop.devices",
            "id, customer_id, installation_id, model, system, carrier, push_token, first_seen_at, last_seen_at");
    private final Rows logins =
            Rows.of("shop.logins", "id, customer_id, device_id, method, ip, user_agent, signed_in_at, last_active_at");
    private final Rows accesses = Rows.ofPartitioned(
            "audit.access_log", "at, customer_id, ip, country, method, path, status, referrer, user_agent, language");
    private final Rows attempts = Rows.of("audit.login_attempts", "at, email, ip, accepted");
    private final Rows searches = Rows.of("audit.searches", "id, customer_id, device_id, query, hits, searched_at");
    private final Rows locations =
            Rows.of("audit.locations", "device_id, recorded_at, is_precise, latitude, longitude, city");
    private final Rows crashes =
            Rows.of("audit.crash_reports", "id, device_id, app_version, trace, hardware, happened_at");

    LogRows(long seed, History history) {
        this.seed = seed;
        this.history = history;
    }

    @Override
    public List<Rows> rows() {
        return List.of(devices, logins, accesses, attempts, searches, locations, crashes);
    }

    void write(Person person) {
        Dice dice = new Dice(seed, person.stranger() ? -person.id() : person.id(), Topic.DEVICES);
        List<UUID> owned = devices(dice, person);
        if (!person.stranger()) {
            logins(new Dice(seed, person.id(), Topic.LOGINS), person, owned);
        }
        logs(new Dice(seed, person.stranger() ? -person.id() : person.id(), Topic.LOGS), person, owned);
    }

    private List<UUID> devices(Dice dice, Person person) {
        List<UUID> owned = new ArrayList<>();
        int count = person.stranger() ? dice.below(2) : dice.few(1.1, 4);
        for (int i = 0; i < count; i++) {
            Instant first = within(dice, person);
            UUID id = timed(dice, first);
            owned.add(id);
            devices.add(
                    id,
                    person.stranger() ? null : person.id(),
                    "inst-" + Long.toUnsignedString(dice.bits(), 36),
                    dice.of(MODELS),
                    dice.chance(0.5) ? "Android 16" : "iOS 18.5",
                    dice.chance(0.6) ? dice.of(CARRIERS) : null,
                    dice.chance(0.4) ? "push:" + Long.toHexString(dice.bits()) : null,
                    first,
                    first.isAfter(person.stay().lastActive())
                            ? first
                            : person.stay().lastActive());
            locations(dice, person, id, first);
            if (dice.chance(0.06)) {
                crash(dice, id, first);
            }
        }
        return owned;
    }

    /** RFC 9562 version 7: rises with time, so that neighbours lie together. */
    private static UUID timed(Dice dice, Instant at) {
        long high = (at.toEpochMilli() << 16) | 0x7000 | (dice.bits() & 0xfff);
        return new UUID(high, (dice.bits() >>> 2) | Long.MIN_VALUE);
    }

    private void locations(Dice dice, Person person, UUID device, Instant from) {
        SortedSet<Instant> times = new TreeSet<>();
        for (int left = dice.few(0.8, 10); left > 0; left--) {
            times.add(dice.between(from, person.stay().lastActive()));
        }
        for (Instant time : times) {
            boolean precise = dice.chance(0.4);
            Culture.City city = dice.of(person.culture().cities());
            locations.add(
                    device,
                    time,
                    precise,
                    precise ? degrees(city.latitude(), dice) : null,
                    precise ? degrees(city.longitude(), dice) : null,
                    city.name());
        }
    }

    private static BigDecimal degrees(double centre, Dice dice) {
        return BigDecimal.valueOf(Math.round(centre * 100_000) + dice.below(8_000) - 4_000, 5);
    }

    private void crash(Dice dice, UUID device, Instant from) {
        crashes.add(
                ++lastCrash,
                device,
                "4." + dice.below(9),
                "java.lang.IllegalStateException: no basket\n\tat larkfield.Basket.open(Basket.java:" + dice.below(400)
                        + ")",
                "{\"ram\":" + (2 + dice.below(7)) + ",\"battery\":" + dice.below(101) + ",\"name\":\"phone of mine\"}",
                dice.between(from, history.end()));
    }

    private void logins(Dice dice, Person person, List<UUID> owned) {
        if (person.id() % 25 == 4) {
            return; // their account was made at the till, and they never used it
        }
        List<Instant> times = new ArrayList<>(List.of(person.stay().joined()));
        if (person.stay().lastActive().isAfter(person.stay().joined())) {
            int more = dice.chance(0.03) ? 10 + dice.few(20, 100) : dice.few(1.8, 20);
            for (int i = 0; i < more; i++) {
                times.add(within(dice, person));
            }
            times.add(person.stay().lastActive());
            times.sort(Instant::compareTo);
        }
        for (Instant time : times) {
            login(dice, person, owned, time);
        }
    }

    private void login(Dice dice, Person person, List<UUID> owned, Instant signedIn) {
        String ip = Texts.address(dice);
        String agent = dice.chance(0.9) ? dice.of(AGENTS) : null;
        logins.add(
                ++lastLogin,
                person.id(),
                owned.isEmpty() || dice.chance(0.3) ? null : dice.of(owned),
                dice.chance(0.9) ? "password" : "linked",
                ip,
                agent,
                signedIn,
                history.capped(dice.after(signedIn, 2_400)));
        if (dice.chance(0.7)) {
            access(dice, person, person.id(), ip, agent, history.capped(dice.after(signedIn, 600)));
        }
        if (dice.chance(0.25)) {
            attempt(dice, person, ip, signedIn);
        }
    }

    private void access(
            Dice dice, Person person, @Nullable Long customer, String ip, @Nullable String agent, Instant at) {
        accesses.add(
                at,
                customer,
                ip,
                dice.chance(0.9) ? person.culture().country() : null,
                dice.chance(0.9) ? "GET" : "POST",
                dice.of(PATHS),
                dice.chance(0.95) ? 200 : 404,
                dice.chance(0.3) ? dice.of(REFERRERS) : null,
                agent,
                person.culture().language());
    }

    private void attempt(Dice dice, Person person, String ip, Instant signedIn) {
        String email = Texts.typed(dice, person.name().email());
        String typed = switch (dice.below(8)) {
            case 0 -> " " + email;
            case 1 -> email + "  ";
            case 2 -> dice.chance(0.5) ? email.replace(".example", ".exmaple") : null;
            default -> email;
        };
        LocalDateTime at = LocalDateTime.ofInstant(signedIn.minusSeconds(dice.below(90)), SIGN_IN_SERVER);
        boolean accepted = dice.chance(0.6);
        attempts.add(at, typed, ip, accepted);
        if (dice.chance(0.08)) {
            attempts.add(at, typed, ip, accepted); // sent twice, noted twice
        }
    }

    private void logs(Dice dice, Person person, List<UUID> owned) {
        for (int left = dice.few(1, 25); left > 0; left--) {
            UUID device = owned.isEmpty() || dice.chance(0.5) ? null : dice.of(owned);
            searches.add(
                    ++lastSearch,
                    person.stranger() || dice.chance(0.3) ? null : person.id(),
                    device,
                    dice.of(person.culture().phrases().searches()),
                    dice.few(20, 240),
                    within(dice, person));
        }
        for (int left = dice.few(0.6, 10); left > 0; left--) {
            Instant lately = history.end().minus(Duration.ofMinutes(dice.few(60_000, 1_000_000)));
            access(dice, person, null, Texts.address(dice), dice.of(AGENTS), lately);
        }
    }

    private static Instant within(Dice dice, Person person) {
        return dice.between(person.stay().joined(), person.stay().lastActive());
    }
}
