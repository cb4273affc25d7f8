package dev.kept.server.http;

import dev.kept.server.configuration.Home;
import java.util.function.Supplier;

/**
 * What rooms are built on.
 *
 * @param notice the version in force with its texts, as it is now
 */
public record Premises(Home home, Look look, Throttle throttle, Supplier<Shelf.Volume> notice) {}
