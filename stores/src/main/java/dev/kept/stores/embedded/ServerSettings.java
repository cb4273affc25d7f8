package dev.kept.stores.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The server's configuration for a machine it shares with others. It is written anew at every start, so that it is the
 * one this version of Kept means; {@code ALTER SYSTEM} has its own file and lasts.
 */
final class ServerSettings {

    private static final String HEADING = "# Written by Kept at every start: changes in this file do not last.\n";

    private ServerSettings() {}

    static void write(Path data, int port, EmbeddedOptions options) throws IOException {
        Files.writeString(
                data.resolve("postgresql.conf"),
                settings(port, options).entrySet().stream()
                        .map(setting -> setting.getKey() + " = '" + setting.getValue() + "'\n")
                        .collect(Collectors.joining("", HEADING, "")));
        Files.writeString(data.resolve("pg_hba.conf"), HEADING + "host all all 127.0.0.1/32 scram-sha-256\n");
    }

    private static Map<String, String> settings(int port, EmbeddedOptions options) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("listen_addresses", "127.0.0.1");
        settings.put("port", Integer.toString(port));
        settings.put("unix_socket_directories", "");
        settings.put("password_encryption", "scram-sha-256");
        settings.put("max_connections", Integer.toString(options.maxConnections()));
        settings.put("client_connection_check_interval", "2s");
        addMemory(settings);
        addWriteAheadLog(settings, options.durability());
        addQuietLog(settings);
        addLocale(settings);
        return settings;
    }

    private static void addMemory(Map<String, String> settings) {
        settings.put("shared_buffers", "128MB");
        settings.put("work_mem", "16MB");
        settings.put("maintenance_work_mem", "128MB");
        settings.put("effective_cache_size", "1GB");
        settings.put("random_page_cost", "1.1");
        settings.put("jit", "off");
    }

    private static void addWriteAheadLog(Map<String, String> settings, Durability durability) {
        String durable = switch (durability) {
            case FULL -> "on";
            case NONE -> "off";
        };
        settings.put("fsync", durable);
        settings.put("synchronous_commit", "on");
        settings.put("full_page_writes", durable);
        settings.put("wal_level", "minimal");
        settings.put("max_wal_senders", "0");
        settings.put("max_wal_size", "1GB");
        settings.put("checkpoint_timeout", "15min");
    }

    /** Errors and failed statements quote values, hence persons: the log keeps only what the server says of itself. */
    private static void addQuietLog(Map<String, String> settings) {
        settings.put("log_min_messages", "log");
        settings.put("log_min_error_statement", "panic");
        settings.put("log_error_verbosity", "terse");
        settings.put("log_checkpoints", "off");
        settings.put("log_parameter_max_length", "0");
        settings.put("log_parameter_max_length_on_error", "0");
        settings.put("log_autovacuum_min_duration", "-1");
    }

    private static void addLocale(Map<String, String> settings) {
        settings.put("lc_messages", "C");
        settings.put("lc_monetary", "C");
        settings.put("lc_numeric", "C");
        settings.put("lc_time", "C");
        settings.put("timezone", "UTC");
        settings.put("log_timezone", "UTC");
        settings.put("datestyle", "iso, ymd");
        settings.put("default_text_search_config", "pg_catalog.simple");
    }
}
