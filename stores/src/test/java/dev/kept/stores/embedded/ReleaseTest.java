package dev.kept.stores.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ReleaseTest {

    @Test
    void machines_with_an_archive_are_called_as_archives_call_them() {
        assertThat(Release.archiveName("Linux", "amd64", false)).isEqualTo("postgres-linux-x86_64.txz");
        assertThat(Release.archiveName("Linux", "amd64", true)).isEqualTo("postgres-linux-x86_64-alpine_linux.txz");
        assertThat(Release.archiveName("Linux", "aarch64", false)).isEqualTo("postgres-linux-arm_64.txz");
        assertThat(Release.archiveName("Mac OS X", "aarch64", false)).isEqualTo("postgres-darwin-arm_64.txz");
        assertThat(Release.archiveName("Mac OS X", "x86_64", false)).isEqualTo("postgres-darwin-x86_64.txz");
    }

    @Test
    void another_machines_archive_is_never_taken() {
        String carried = "postgres-linux-x86_64.txz";

        assertThat(Release.archiveName("Linux", "ppc64le", false)).isNotEqualTo(carried);
        assertThat(Release.archiveName("Linux", "riscv64", false)).isNotEqualTo(carried);
        assertThat(Release.archiveName("FreeBSD", "amd64", false)).isNotEqualTo(carried);
        assertThat(Release.archiveName("Windows 11", "amd64", false)).isNotEqualTo(carried);
    }

    @Test
    void where_there_is_no_archive_that_is_said() {
        assertThatThrownBy(() -> new Release("18.6.0", name -> null).open())
                .isInstanceOf(EmbeddedPostgresException.class)
                .hasMessageContaining("carries no postgresql for this machine");
    }
}
