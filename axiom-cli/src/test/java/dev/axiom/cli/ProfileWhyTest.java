package dev.axiom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who asked for a package, in sentences and in pictures. */
class ProfileWhyTest {
    private final PoolRun pool;

    ProfileWhyTest(@TempDir Path folder) throws IOException {
        this.pool = new PoolRun(folder);
    }

    @AfterEach
    void close() {
        pool.close();
    }

    /** Makes profile dev of what stands in {@code profile.yaml} behind its name. */
    private void resolved(String wishes) throws IOException {
        pool.out("profile", "create", "dev");
        Files.writeString(pool.pool().resolve("state/profiles/dev/profile.yaml"), "name: dev\n" + wishes);
        pool.out("profile", "resolve", "dev");
    }

    @Test
    void anOptionalDependencyIsAReason() throws IOException {
        pool.add("doc", "1.0");
        pool.addDescribed("{name: tool, version: 1.0}", "{dependencies: [], optional: [doc]}");
        resolved("optional: true\npackages: [tool]\n");
        assertThat(pool.out("profile", "why", "dev", "doc"))
                .isEqualTo("profile 'dev' asks for tool 1.0_1\n  tool 1.0_1 can use doc, which is doc 1.0_1\n");
        assertThat(pool.out("profile", "why", "dev", "doc", "--json"))
                .contains("\"because\":[{\"package\":\"tool@1.0_1+")
                .contains("\"needs\":\"doc\",\"optional\":true}]");
        assertThat(pool.out("profile", "graph", "dev")).contains("\"tool 1.0\" -> \"doc 1.0\" [style=dashed];");
    }

    @Test
    void whatIsNeededAnywayIsNotOptional() throws IOException {
        pool.add("doc", "1.0");
        pool.addDescribed("{name: tool, version: 1.0}", "{dependencies: [doc], optional: [doc@^1]}");
        resolved("optional: true\npackages: [tool]\n");
        assertThat(pool.out("profile", "graph", "dev"))
                .containsOnlyOnce("\"tool 1.0\" -> \"doc 1.0\"")
                .contains("\"tool 1.0\" -> \"doc 1.0\";");
    }
}
