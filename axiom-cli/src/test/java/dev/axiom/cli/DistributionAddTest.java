package dev.axiom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiom.core.archive.DebianFile;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of a distribution's packages when they are added, and shown of them later. */
class DistributionAddTest {
    private static final String MISSING = "nothing in the store is libfoo@debian:>=2.0, which under@1.0-1_1 needs";

    private final PoolRun pool;
    private final Path deb;

    DistributionAddTest(@TempDir Path folder) throws IOException {
        this.pool = new PoolRun(folder);
        this.deb = folder.resolve("under.deb");
    }

    @AfterEach
    void close() {
        pool.close();
    }

    private void control(String fields) throws IOException {
        DebianFile.write(deb, "Package: under\nVersion: 1.0-1\nArchitecture: all\n" + fields, "a program");
    }

    @Test
    void whatIsMissingIsToldToPeopleAndScripts() throws IOException {
        control("Depends: libfoo (>= 2.0)\n");
        String shown = deb.toString();
        CliRun spoken = pool.axiom("package", "add", shown);
        assertThat(spoken.err())
                .contains("axiom: " + MISSING + "\n")
                .contains("maintainer scripts (postinst) are kept and never run");
        CliRun quiet = pool.axiom("package", "add", shown, "--quiet");
        assertThat(quiet).isEqualTo(new CliRun(0, "", "axiom: " + MISSING + "\n"));
        CliRun json = pool.axiom("package", "add", shown, "--json");
        assertThat(json.out())
                .endsWith(",\"scripts\":[\"postinst\"],\"unresolved\":[{\"requirement\":\"libfoo@debian:>=2.0\","
                        + "\"neededBy\":\"" + spoken.out().strip().split(" ", -1)[1] + "\"}]}]\n");
        assertThat(json.err()).isEqualTo("{\"warning\":{\"message\":\"" + MISSING + "\"}}\n");
    }

    @Test
    void whereNothingIsMissingNothingIsSaid() throws IOException {
        control("");
        assertThat(pool.axiom("package", "add", deb.toString(), "--quiet")).isEqualTo(new CliRun(0, "", ""));
        CliRun json = pool.axiom("package", "add", deb.toString(), "--json");
        assertThat(json.out()).endsWith(",\"scripts\":[\"postinst\"],\"unresolved\":[]}]\n");
        assertThat(json.err()).isEmpty();
    }

    @Test
    void allThatADistributionSaysIsShown() throws IOException {
        control("Depends: libc\nRecommends: docs (>= 1)\nDescription: goes under\n Text.\n .\n More.\n  a.\n");
        pool.out("package", "add", deb.toString());
        assertThat(pool.out("package", "show", "under"))
                .contains(
                        """
                        Description: goes under
                                     Text.

                                     More.
                        """)
                .contains("Versions:    debian\n")
                .contains("Depends:     libc@debian:*\nOptional:    docs@debian:>=1\n");
        assertThat(pool.out("package", "show", "under", "--json"))
                .contains("\"dependencies\":[\"libc@debian:*\"],\"optional\":[\"docs@debian:>=1\"],")
                .contains(",\"versionScheme\":\"debian\",\"os\":null,\"arch\":null}");
    }

    @Test
    void thePlatformIsShown() throws IOException {
        pool.addDescribed(
                "{name: tool, version: 1.0, os: linux, arch: amd64}", "{dependencies: [], optional: [doc, spell@^2]}");
        assertThat(pool.out("package", "show", "tool"))
                .contains("Runs on:     linux/amd64\n")
                .contains("Optional:    doc\n             spell@^2\n")
                .doesNotContain("Versions:");
        assertThat(pool.out("package", "show", "tool", "--json"))
                .contains("\"versionScheme\":\"semver\",\"os\":\"linux\",\"arch\":\"amd64\"}");
    }
}
