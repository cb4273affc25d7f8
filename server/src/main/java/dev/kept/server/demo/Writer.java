package dev.kept.server.demo;

import java.util.List;

/** Writes rows of several tables, person after person. */
interface Writer {

    /** Its tables; the rows wait in them until they are taken. */
    List<Rows> rows();
}
