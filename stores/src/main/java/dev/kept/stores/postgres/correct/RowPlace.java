package dev.kept.stores.postgres.correct;

import dev.kept.core.datamap.TableName;

/** A locked row, by where it stands: valid within the transaction that locked it, and until it is changed. */
record RowPlace(TableName table, String relation, String position) {}
