package dev.kept.stores.postgres.run;

import dev.kept.core.datamap.TableName;

/**
 * A store transaction of a run.
 *
 * @param step counts the treatments of tables within a run, from 1
 * @param batch counts the transactions within a step, from 1
 * @param table whose step it is; others may be changed along with it
 */
public record BatchId(int step, long batch, TableName table) {}
