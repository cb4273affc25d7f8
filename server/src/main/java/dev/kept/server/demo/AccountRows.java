package dev.kept.server.demo;

import dev.kept.server.demo.Dice.Topic;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Customers, the households they share, where they live, how else they sign in, and what the shop notes of their tastes. */
final class AccountRows implements Writer {

    private static final List<String> PHONES = List.of("+4930231255", "+331990012", "+4477009001");
    private static final List<String> INTERESTS =
            List.of("camping", "cooking", "garden", "paddling", "winter", "cycling");
    private static final String PASSWORD = "$argon2id$v=19$m=65536,t=3,p=4$";
    private static final String BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private final long seed;
    private final long customers;
    private final People people;

    private final Rows households = Rows.of("shop.households", "id, name, created_at");
    private final Rows addresses =
            Rows.of("shop.addresses", "id, entered_by_id, addressee, street, postcode, city, country, created_at");
    private final Rows accounts = Rows.of(
            "shop.customers",
            "id, username, email, salutation, full_name, phone, password_hash, language, household_id, default_address_id,"
                    + " referred_by_id, messaging_opted_in_at, messaging_opted_out_at, ads_opted_in_at, ads_opted_out_at,"
                    + " feedback_objected_at, created_at, updated_at, deleted_at");
    private final Rows book = Rows.of("shop.address_book", "customer_id, address_id, label, added_at");
    private final Rows linked = Rows.of("shop.linked_accounts", "provider, subject, customer_id, email, linked_at");
    private final Rows profiles = Rows.of("shop.profiles", "customer_id, doc, updated_at");

    AccountRows(long seed, long customers, People people) {
        this.seed = seed;
        this.customers = customers;
        this.people = people;
    }

    @Override
    public List<Rows> rows() {
        return List.of(households, addresses, accounts, book, linked, profiles);
    }

    /** The address of the household, or the person's own; two numbers a customer, then one a stranger. */
    @Nullable
    Long mainAddress(Person person) {
        if (person.stranger()) {
            return 2 * customers + person.id();
        }
        boolean none = person.livesAlone() && person.id() % 9 == 0;
        return none ? null : Long.valueOf(2 * person.head() - 1);
    }

    /** Where some customers send presents. */
    @Nullable
    Long secondAddress(Person person) {
        return !person.stranger() && person.id() % 8 == 3 ? Long.valueOf(2 * person.id()) : null;
    }

    void write(Person person) {
        Dice dice = new Dice(seed, person.id(), Topic.ACCOUNT);
        account(dice, person);
        addresses(dice, person);
        String provider = dice.chance(0.7) ? "hearthpass" : "trailid";
        if (signsInWithPassword(person)) {
            if (dice.chance(0.08)) {
                link(dice, person, provider);
            }
        } else {
            link(dice, person, provider);
        }
        if (dice.chance(0.5)) {
            profiles.add(person.id(), profile(dice, person), person.stay().lastActive());
        }
    }

    void writeStranger(Person person) {
        address(2 * customers + person.id(), person, null);
    }

    private static boolean signsInWithPassword(Person person) {
        return person.id() % 20 != 7;
    }

    private void account(Dice dice, Person person) {
        Person.Stay stay = person.stay();
        Person.Choices choices = person.choices();
        accounts.add(
                person.id(),
                person.name().handle(),
                person.name().email(),
                dice.of(List.of("none", "ms", "mr", "mx")),
                person.name().full(),
                dice.chance(0.4) ? dice.of(PHONES) + (10 + dice.below(90)) : null,
                signsInWithPassword(person) ? password(dice) : null,
                person.culture().language(),
                person.livesAlone() ? null : person.household(),
                mainAddress(person),
                person.id() > 1 && dice.chance(0.06)
                        ? people.earlier(dice, person).id()
                        : null,
                choices.messaging().in(),
                choices.messaging().out(),
                choices.ads().in(),
                choices.ads().out(),
                choices.feedbackObjected(),
                stay.joined(),
                stay.left() == null ? stay.lastActive() : stay.left(),
                stay.left());
        if (person.household() == person.id()) {
            households.add(person.id(), "Household " + person.name().full(), stay.joined());
        }
    }

    private void addresses(Dice dice, Person person) {
        Instant joined = person.stay().joined();
        Long main = mainAddress(person);
        if (main != null) {
            if (person.head() == person.id()) {
                address(main, person, person.id());
            }
            book.add(person.id(), main, dice.chance(0.5) ? "home" : "", joined);
        }
        Long second = secondAddress(person);
        if (second != null) {
            Person friend = people.earlier(dice, person);
            Person.Home home = People.home(dice, friend.culture());
            addresses.add(
                    second,
                    person.id(),
                    friend.name().full(),
                    home.street(),
                    home.city().postcode(),
                    home.city().name(),
                    home.country(),
                    joined);
            book.add(person.id(), second, friend.name().given(), joined);
        }
    }

    private void address(long id, Person person, @Nullable Long enteredBy) {
        Person.Home home = people.home(person);
        addresses.add(
                id,
                enteredBy,
                person.name().full(),
                home.street(),
                home.city().postcode(),
                home.city().name(),
                home.country(),
                person.stay().joined());
    }

    private void link(Dice dice, Person person, String provider) {
        linked.add(
                provider,
                Long.toUnsignedString(dice.bits(), 36),
                person.id(),
                dice.chance(0.8) ? person.name().email() : null,
                dice.between(person.stay().joined(), person.stay().lastActive()));
    }

    private static String password(Dice dice) {
        StringBuilder hash = new StringBuilder(PASSWORD);
        for (int word = 0; word < 3; word++) {
            long bits = dice.bits();
            for (int i = 0; i < 10; i++) {
                hash.append(BASE64.charAt((int) (bits >>> (6 * i)) & 63));
            }
        }
        return hash.toString();
    }

    private String profile(Dice dice, Person person) {
        Culture.City city = people.home(person).city();
        StringBuilder doc = new StringBuilder("{\"schema\":3,\"email\":")
                .append(quoted(person.name().email()));
        doc.append(",\"contact\":{\"name\":").append(quoted(person.name().full()));
        doc.append(",\"phone\":").append(dice.chance(0.5) ? quoted(dice.of(PHONES) + "99") : "null");
        doc.append("},\"interests\":[").append(quoted(dice.of(INTERESTS)));
        doc.append("],\"searches\":[")
                .append(quoted(dice.of(person.culture().phrases().searches())));
        doc.append("],\"settings\":{\"theme\":").append(quoted(dice.chance(0.3) ? "dark" : "light"));
        if (dice.chance(0.4)) {
            doc.append("},\"lastPlace\":{\"city\":").append(quoted(city.name()));
            doc.append(",\"lat\":").append(city.latitude()).append(",\"lon\":").append(city.longitude());
        }
        return doc.append("}}").toString();
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
