package dev.axiom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiom.core.model.PackageId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All that a profile says, shown. */
class ProfileShowTest {
    private final PoolRun pool;
    private final Path file;

    ProfileShowTest(@TempDir Path folder) throws IOException {
        this.pool = new PoolRun(folder);
        this.file = pool.pool().resolve("state/profiles/dev/profile.yaml");
        pool.out("profile", "create", "dev");
    }

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void anAlternativeIsShownWhole() throws IOException {
        PackageId postfix = pool.add("postfix", "3.1");
        String wanted = "\"packages\":[{\"name\":\"nope\",\"constraint\":\"*\",\"requirement\":\"nope | postfix@^3\"}]";
        assertThat(pool.out("profile", "add", "dev", "nope | postfix@^3", "--json"))
                .contains(wanted);
        assertThat(pool.out("profile", "show", "dev")).endsWith("nope     nope | postfix@^3  -       -\n");
        pool.out("profile", "resolve", "dev");
        assertThat(pool.out("profile", "show", "dev", "--json")).contains(wanted);
        assertThat(pool.out("profile", "show", "dev"))
                .endsWith(
                        """
                        PACKAGE  WANTED             CHOSEN  BUILD ID
                        postfix  nope | postfix@^3  3.1_1   %s
                        """
                                .formatted(postfix.buildId()));
    }

    @Test
    void everyVersionOfAPackageHasARow() throws IOException {
        PackageId old = pool.add("ssl", "1.1");
        PackageId fresh = pool.add("ssl", "3.0");
        pool.add("a", "1.0", "ssl@^1");
        pool.add("b", "1.0", "ssl@^3");
        Files.writeString(file, "name: dev\nseveral: [ssl]\npackages: [a, b, ssl]\n");
        pool.out("profile", "resolve", "dev");
        assertThat(pool.out("profile", "show", "dev"))
                .contains("ssl      *       1.1_1   " + old.buildId() + "\n")
                .contains("ssl      *       3.0_1   " + fresh.buildId() + "\n");
    }

    @Test
    void choicesAreShownAsFarAsTheyAreMade() throws IOException {
        String path = "File: " + file + "\n";
        assertThat(pool.out("profile", "show", "dev")).isEqualTo("profile dev, never resolved\n" + path);
        assertThat(pool.out("profile", "show", "dev", "--json"))
                .contains("\"path\":\"" + file + "\"")
                .contains("\"choices\":{\"prefer\":\"newest\",\"preferPackages\":[],\"pins\":[],\"exclude\":[],"
                        + "\"os\":null,\"arch\":null,\"optional\":false,\"several\":[]}");
        Files.writeString(
                file,
                """
                name: dev
                prefer: oldest
                prefer-packages: [{name: db, prefer: locked}]
                pins: [ssl@~3.0, zlib@1.3]
                exclude: [systemd]
                os: linux
                arch: arm64
                optional: true
                several: [python3]
                packages: []
                """);
        assertThat(pool.out("profile", "show", "dev"))
                .isEqualTo(
                        """
                        profile dev, never resolved
                        %sPrefer: oldest, of db locked
                        Pins: ssl@~3.0, zlib@1.3
                        Exclude: systemd
                        Platform: linux/arm64
                        Optional dependencies: wanted
                        Several versions of: python3
                        """
                                .formatted(path));
        assertThat(pool.out("profile", "show", "dev", "--json"))
                .contains(
                        "\"choices\":{\"prefer\":\"oldest\",\"preferPackages\":[{\"name\":\"db\",\"prefer\":\"locked\"}],"
                                + "\"pins\":[\"ssl@~3.0\",\"zlib@1.3\"],\"exclude\":[\"systemd\"],\"os\":\"linux\","
                                + "\"arch\":\"arm64\",\"optional\":true,\"several\":[\"python3\"]}");
    }

    @Test
    void whatServesUnderAnotherNameStandsBesideTheWish() throws IOException {
        PackageId postfix =
                pool.addDescribed("{name: postfix, version: 3.1, provides: [mail-agent]}", "dependencies: []");
        pool.out("profile", "add", "dev", "mail-agent");
        pool.out("profile", "resolve", "dev");
        assertThat(pool.out("profile", "show", "dev"))
                .endsWith("postfix  mail-agent  3.1_1   " + postfix.buildId() + "\n");
    }

    @Test
    void anOldLockStandsBesideTheNewWish() throws IOException {
        PackageId old = pool.add("ssl", "3.0");
        pool.out("profile", "add", "dev", "ssl");
        pool.out("profile", "resolve", "dev");
        pool.out("profile", "add", "dev", "ssl@^4");
        assertThat(pool.out("profile", "show", "dev")).endsWith("ssl      ^4      3.0_1   " + old.buildId() + "\n");
    }
}
