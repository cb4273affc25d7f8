package dev.kept.core.doctor;

import dev.kept.core.datamap.TableName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What a PostgreSQL server says of itself to a role that asks. What the role may not see is absent, never guessed.
 *
 * @param settings by name, as {@code pg_settings} has them for this session: numbers in the setting's own unit
 * @param extensions those of the database, with their versions
 */
public record ServerFacts(
        Server server,
        Role role,
        Link link,
        Map<String, String> settings,
        Map<String, String> extensions,
        Copies copies,
        List<TableState> tables) {

    public ServerFacts {
        settings = Map.copyOf(settings);
        extensions = Map.copyOf(extensions);
        tables = List.copyOf(tables);
    }

    /**
     * The server and its database.
     *
     * @param number {@code server_version_num}: 180006
     * @param version as it is shown: 18.6
     * @param systemIdentifier of {@code pg_control_system()}; empty where the role may not call it
     * @param time its clock at the moment of asking
     * @param foldsCase whether {@code lower()} knows letters beyond ASCII
     * @param preparedTransactions that wait in this database for a second phase
     * @param closed functions that Kept calls and not everybody may: taken from PUBLIC
     */
    public record Server(
            int number,
            String version,
            String database,
            Optional<String> systemIdentifier,
            String encoding,
            boolean standby,
            Instant time,
            boolean foldsCase,
            long preparedTransactions,
            List<String> closed) {
        public Server {
            closed = List.copyOf(closed);
        }

        /** The version as releases count: 18. */
        public int major() {
            return number / 10_000;
        }
    }

    /**
     * The connected role.
     *
     * @param connectionLimit -1: none
     * @param validUntil when its password stops working
     * @param denied functions that Kept calls and the role may not
     * @param creates whether it may create a schema in the database
     * @param seesOthers whether it may see what sessions of other roles are doing
     */
    public record Role(
            String name,
            boolean superuser,
            boolean bypassesRowSecurity,
            int connectionLimit,
            Optional<Instant> validUntil,
            List<String> denied,
            boolean creates,
            boolean seesOthers) {
        public Role {
            denied = List.copyOf(denied);
        }
    }

    /**
     * The way there.
     *
     * @param remote whether it leads to another machine
     * @param protocol of TLS; empty where nothing is encrypted
     * @param verified whether the certificate was checked against the server's name: {@code sslmode=verify-full}
     */
    public record Link(boolean remote, Optional<String> protocol, boolean verified) {}

    /** What else holds what the tables hold, or held. */
    public record Copies(
            List<Slot> slots, List<Replica> replicas, List<Publication> publications, List<String> subscriptions) {
        public Copies {
            slots = List.copyOf(slots);
            replicas = List.copyOf(replicas);
            publications = List.copyOf(publications);
            subscriptions = List.copyOf(subscriptions);
        }
    }

    /** @param keptBytes of write-ahead log that it holds back; empty where it holds none, or that cannot be told */
    public record Slot(String name, String type, boolean active, OptionalLong keptBytes) {}

    /** @param name and {@code state} empty where the role may not see them */
    public record Replica(Optional<String> name, Optional<String> state, Optional<String> synchrony) {}

    /** @param passes which of {@code insert}, {@code update}, {@code delete} and {@code truncate} it passes on */
    public record Publication(String name, List<String> passes) {
        public Publication {
            passes = List.copyOf(passes);
        }

        /** By which rows are forgotten, and which it does not pass on. */
        List<String> mute() {
            return Stream.of("update", "delete")
                    .filter(action -> !passes.contains(action))
                    .toList();
        }
    }

    /**
     * A table that is not as tables usually are.
     *
     * @param unidentified published with UPDATE or DELETE, but nothing identifies its rows to subscribers: PostgreSQL refuses both
     * @param vacuumOff whether autovacuum is off for it
     * @param rowSecurity whether row-level security is on
     * @param exempt the role that it does not hold for, as the table's owner; empty where it is forced, or off
     */
    public record TableState(
            TableName name, boolean unidentified, boolean vacuumOff, boolean rowSecurity, Optional<String> exempt) {}

    /** A setting; empty where the server does not have it, or the role may not see it. */
    public Optional<String> setting(String name) {
        return Optional.ofNullable(settings.get(name));
    }

    boolean is(String name, String... values) {
        return setting(name).filter(List.of(values)::contains).isPresent();
    }

    long number(String name, long otherwise) {
        return setting(name)
                .filter(text -> text.matches("-?[0-9]{1,18}"))
                .map(Long::parseLong)
                .orElse(otherwise);
    }
}
