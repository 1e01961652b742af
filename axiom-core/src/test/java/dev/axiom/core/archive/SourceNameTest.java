package dev.axiom.core.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceNameTest {
    @ParameterizedTest
    @CsvSource({
        "apache-maven-3.9.9-bin.tar.gz, apache-maven, 3.9.9, 1",
        "jruby-dist-9.4.8.0-bin.zip, jruby-dist, 9.4.8.0, 1",
        "openssl-3.0.8p1.tgz, openssl, 3.0.8p1, 1",
        "foo_1.2-3_amd64, foo, 1.2, 3",
        "foo_1.2-3ubuntu4_all.tar.xz, foo, 1.2, 3",
        "foo-1.2_4.tar.zst, foo, 1.2, 4",
        "node-v18.2.0-linux-x64.tar.xz, node, 18.2.0, 1",
        "zig-linux-x86_64-0.11.0.tar.xz, zig-linux-x86_64, 0.11.0, 1",
        "jdk-17.0.2_linux-x64_bin.tar.gz, jdk, 17.0.2, 1",
        "lib-2d-tools-1.2.tar.bz2, lib-2d-tools, 1.2, 1",
        "ca-certificates-20230311, ca-certificates, 20230311, 1",
        "netty-4.1.0-rc.1-src.tar.gz, netty, 4.1.0-rc.1, 1",
        "spring-6.0.0-M2.jar, spring, 6.0.0-M2, 1",
        "app-1.0-SNAPSHOT.tar, app, 1.0-SNAPSHOT, 1",
        "g++-12.2.0.TAR.GZ, g++, 12.2.0, 1",
        "some/dir/bash-5.2.15.2.13, bash, 5.2.15.2.13, 1",
        "some/dir/bash-5.2/., bash, 5.2, 1",
        "ant-1.10.14-3.zip, ant, 1.10.14, 3",
        "foo-2024-02-03.tar.gz, foo, 2024-02-03, 1",
        "foo_2024-02-03-2_all, foo, 2024-02-03, 2",
        "foo-2024-02-03.1-linux-x86_64.zip, foo, 2024-02-03.1, 1",
        "foo-v2024-02-03-rc1.zip, foo, 2024-02-03-rc1, 1",
        "foo-1.2-2024-02-03.zip, foo, 1.2, 1",
        "foo-2024-13, foo, 2024, 13",
        "foo-20240203-2, foo, 20240203, 2",
        "foo_1.2.3.orig.tar.gz, foo, 1.2.3, 1",
        "foo_1.2.3+dfsg.orig-docs.tar.xz, foo, 1.2.3+dfsg, 1",
        "foo_20240203.orig.tar.gz, foo, 20240203, 1",
        "foo-1.2.original.tar.gz, foo, 1.2.original, 1",
    })
    void theNameAndTheVersionAreSeen(String file, String name, String version, int revision) {
        SourceName guess = SourceName.of(Path.of(file)).orElseThrow();

        assertThat(guess.name()).hasToString(name);
        assertThat(guess.version()).hasToString(version);
        assertThat(guess.revision()).isEqualTo(revision);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "bash.tar.gz", "7zip.zip", "lib32-foo", "1.2.3", "-1.2", "é-1.0", "/"})
    void nothingIsGuessedWithoutAVersion(String file) {
        assertThat(SourceName.of(Path.of(file))).isEmpty();
    }
}
