/** What the public and machines get over HTTP: the notice in all its versions, the report, the ledger, health and metrics. */
@NullMarked
package dev.kept.server.http;

import org.jspecify.annotations.NullMarked;
