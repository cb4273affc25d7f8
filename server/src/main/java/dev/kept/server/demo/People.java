package dev.kept.server.demo;

import dev.kept.server.demo.Dice.Topic;
import dev.kept.server.demo.Person.Choice;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Who the people are: a function of seed and number, so that anybody can be looked up at any time and nobody has to be
 * remembered. Customers are numbered in the order in which they joined; four neighbours in number may be a household.
 */
final class People {

    private static final int NEIGHBOURS = 4;
    private static final double GROWTH = 0.77;
    private static final List<String> MAIL_HOSTS =
            List.of("post.example", "mailbox.example", "kite-mail.example", "uni.example", "brief.example");
    private static final List<String> STRANGERS_MAIL_HOSTS = List.of("letterbox.example", "work.example");

    private final long seed;
    private final long customers;
    private final History history;
    private final List<Culture> cultures = Culture.all();

    People(long seed, long customers, History history) {
        this.seed = seed;
        this.customers = customers;
        this.history = history;
    }

    Person customer(long id) {
        Dice dice = new Dice(seed, id, Topic.PERSON);
        long household = household(id);
        boolean shared = household != 0;
        Dice familyDice = shared ? new Dice(seed, household, Topic.HOUSEHOLD) : dice;
        Culture culture = familyDice.of(cultures);
        Culture.Spelling family = familyDice.of(culture.family());
        Culture.Spelling given = dice.of(culture.given());
        String handle = given.latin() + "." + family.latin() + id;
        Person.Stay stay = stay(dice, joined(id, dice));
        Instant objected = dice.chance(0.02) ? dice.between(stay.joined(), history.end()) : null;
        return new Person(
                id,
                false,
                culture,
                new Person.Name(
                        given.name(),
                        culture.fullName(given.name(), family.name()),
                        handle,
                        typed(dice, given.latin(), family.latin() + id, dice.of(MAIL_HOSTS))),
                stay,
                new Person.Choices(choice(dice, 0.4, stay), choice(dice, 0.3, stay), objected),
                household);
    }

    /** Somebody without account who came along with this customer; not every customer brings one. */
    Optional<Person> stranger(long id) {
        Dice dice = new Dice(seed, id, Topic.STRANGER);
        if (!dice.chance(0.25)) {
            return Optional.empty();
        }
        Culture culture = dice.of(cultures);
        Culture.Spelling given = dice.of(culture.given());
        Culture.Spelling family = dice.of(culture.family());
        Instant came = joined(id, dice);
        Choice none = new Choice(null, null);
        return Optional.of(new Person(
                id,
                true,
                culture,
                new Person.Name(
                        given.name(),
                        culture.fullName(given.name(), family.name()),
                        "",
                        typed(dice, family.latin(), given.latin() + id, dice.of(STRANGERS_MAIL_HOSTS))),
                new Person.Stay(came, dice.between(came, history.end()), null),
                new Person.Choices(none, none, null),
                0));
    }

    /** An earlier customer, so one that has certainly joined. */
    Person earlier(Dice dice, Person person) {
        return customer(1 + dice.below(Math.max(1, person.id() - 1)));
    }

    Person.Home home(Person person) {
        Dice dice = new Dice(seed, person.stranger() ? -person.id() : person.head(), Topic.HOME);
        return home(dice, person.culture());
    }

    static Person.Home home(Dice dice, Culture culture) {
        return new Person.Home(
                dice.of(culture.streets()) + " " + (1 + dice.below(120)), dice.of(culture.cities()), culture.country());
    }

    private static String typed(Dice dice, String first, String second, String host) {
        String mail = first + "." + second + "@" + host;
        return dice.chance(0.03) ? Character.toUpperCase(mail.charAt(0)) + mail.substring(1) : mail;
    }

    /** The first of the household's customers, 0 for those who live alone. */
    private long household(long id) {
        long first = (id - 1) / NEIGHBOURS * NEIGHBOURS + 1;
        Dice dice = new Dice(seed, -first, Topic.HOUSEHOLD);
        int size = dice.chance(0.16) ? 2 + dice.below(NEIGHBOURS - 1) : 1;
        boolean others = size > 1 && first < customers;
        return others && id - first < size ? first : 0;
    }

    /** More each year, and rising with the number. */
    private Instant joined(long id, Dice dice) {
        double share = StrictMath.pow((id - 1 + dice.unit()) / customers, GROWTH);
        long seconds = history.end().getEpochSecond() - history.start().getEpochSecond();
        return history.start().plusSeconds((long) (share * seconds));
    }

    private Person.Stay stay(Dice dice, Instant joined) {
        double fate = dice.unit();
        Instant lastActive;
        if (fate < 0.18) {
            lastActive = joined;
        } else if (fate < 0.5) {
            lastActive = dice.between(joined, dice.between(joined, history.end()));
        } else {
            Instant lately = history.end().minus(Duration.ofMinutes(dice.few(30_000, 500_000)));
            lastActive = lately.isBefore(joined) ? dice.between(joined, history.end()) : lately;
        }
        Instant left = dice.chance(0.06) ? dice.after(lastActive, 30 * History.DAY) : null;
        return new Person.Stay(joined, lastActive, left == null || history.future(left) ? null : left);
    }

    private Choice choice(Dice dice, double probability, Person.Stay stay) {
        if (!dice.chance(probability)) {
            return new Choice(null, null);
        }
        Instant in = dice.between(stay.joined(), stay.lastActive());
        if (!dice.chance(0.2)) {
            return new Choice(in, null);
        }
        Instant out = dice.between(in, history.end());
        return new Choice(dice.chance(0.2) ? dice.between(out, history.end()) : in, out);
    }
}
