package dev.kept.server.command;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What tests of commands begin with: a company whose notice checks, with one store, made anew for each. */
abstract class OneShop {

    @TempDir
    Path folder;

    Company company;

    private final String notice;
    private final String prose;
    private final String shop;
    private final String map;

    OneShop(String notice, String prose, String shop, String map) {
        this.notice = notice;
        this.prose = prose;
        this.shop = shop;
        this.map = map;
    }

    @BeforeEach
    void open() throws IOException {
        company = new Company(folder, notice, prose);
        company.store("shop", shop, map);
        company.checked();
    }

    @AfterEach
    void close() {
        company.close();
    }
}
