package dev.kept.stores.postgres.session;

/** Opens connections to one store. */
@FunctionalInterface
public interface StoreConnector {

    StoreConnection open();
}
