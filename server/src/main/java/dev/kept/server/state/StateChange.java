package dev.kept.server.state;

import org.jdbi.v3.core.Handle;

/** A write that belongs to the same transaction as another. */
@FunctionalInterface
public interface StateChange {
    void apply(Handle handle);
}
