package dev.kept.server.crash;

/**
 * One message, or several sent together, from Kept to one of its databases.
 *
 * @param database {@code store} or {@code state}
 * @param text the statements, separated by semicolons; empty for messages without any
 */
record Call(String database, String text) {

    String phase() {
        return Phase.of(this).map(Enum::name).orElse("OTHER");
    }
}
