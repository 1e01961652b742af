package dev.axiom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.axiom.core.model.PackageId;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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

    @Test
    void allWhoAskedAreShown() throws IOException {
        pool.add("ssl", "3.0");
        pool.add("mid1", "1.0", "ssl@^3");
        pool.add("mid2", "1.0", "ssl");
        pool.add("web", "1.0", "mid1", "mid2", "ssl@>=2");
        resolved("packages: [web, mid2]\n");
        assertThat(pool.out("profile", "why", "dev", "ssl"))
                .isEqualTo(
                        """
                        ssl 3.0_1 is needed by mid2 1.0_1, web 1.0_1, mid1 1.0_1
                        profile 'dev' asks for mid2 1.0_1
                          mid2 1.0_1 needs ssl, which is ssl 3.0_1
                        profile 'dev' asks for web 1.0_1
                          web 1.0_1 needs ssl@>=2, which is ssl 3.0_1
                        profile 'dev' asks for web 1.0_1
                          web 1.0_1 needs mid1, which is mid1 1.0_1
                          mid1 1.0_1 needs ssl@^3, which is ssl 3.0_1
                        """);
        assertThat(pool.out("profile", "why", "dev", "ssl", "--json"))
                .contains("\"requested\":false,\"neededBy\":3,\"dependents\":[{\"package\":\"mid2@1.0_1+")
                .containsPattern("\"package\":\"mid1@1.0_1[^\"]*\",\"needs\":\"ssl@\\^3\",\"optional\":false,"
                        + "\"because\":\\[\\{\"package\":\"web@1.0_1[^\"]*\",\"needs\":\"mid1\"");
    }

    @Test
    void whatIsAskedForAndNeededTooSaysBoth() throws IOException {
        pool.add("lib", "1.0", "plugin");
        pool.add("plugin", "1.0", "lib@^1");
        resolved("packages: [lib]\n");
        assertThat(pool.out("profile", "why", "dev", "lib"))
                .isEqualTo(
                        """
                        profile 'dev' asks for lib 1.0_1
                        plugin 1.0_1 needs lib@^1, which is lib 1.0_1, and is here because of that alone
                        """);
        assertThat(pool.out("profile", "why", "dev", "lib", "--json"))
                .contains("\"because\":[],\"requested\":true,\"neededBy\":1,")
                .contains("\"because\":null}]}]");
    }

    @Test
    void aLongListIsCutAndSaysSo() throws IOException {
        pool.add("libc", "1.0");
        String[] names = IntStream.range(10, 35).mapToObj(i -> "p" + i).toArray(String[]::new);
        for (String name : names) {
            pool.add(name, "1.0", "libc");
        }
        resolved("packages: [" + String.join(", ", names) + "]\n");
        assertThat(pool.out("profile", "why", "dev", "libc"))
                .contains("p29 1.0_1 and 5 more\n")
                .contains("profile 'dev' asks for p29 1.0_1\n")
                .doesNotContain("p30")
                .endsWith("5 more need it: --json lists 1000\n");
        assertThat(pool.out("profile", "why", "dev", "libc", "--json"))
                .contains("\"neededBy\":25,")
                .contains("p34@1.0_1");
    }

    @Test
    void theGraphIsOneJsonDocument() throws IOException {
        PackageId doc = pool.add("doc", "1.0");
        PackageId tool = pool.addDescribed("{name: tool, version: 1.0}", "{dependencies: [], optional: [doc@^1]}");
        resolved("optional: true\npackages: [tool]\n");
        assertThat(pool.out("profile", "graph", "dev", "--json"))
                .isEqualTo("{\"profile\":\"dev\",\"packages\":[{" + PoolRun.json(doc) + ",\"requested\":false},{"
                        + PoolRun.json(tool) + ",\"requested\":true}],\"edges\":[{\"from\":\"" + tool
                        + "\",\"to\":\"" + doc + "\",\"needs\":\"doc@^1\",\"optional\":true}]}\n");
        assertThat(pool.refusal(2, "profile", "graph", "dev", "--json", "--svg"))
                .contains("--svg and --json do not go together");
    }

    @Test
    void graphvizMakesAPicture() throws IOException {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "dot"))),
                "Graphviz is not installed: there is no program dot on the PATH");
        pool.add("lib", "1.0");
        pool.add("tool", "1.0", "lib");
        resolved("packages: [tool]\n");
        assertThat(pool.out("profile", "graph", "dev", "--svg"))
                .contains("<svg ")
                .contains(">tool 1.0</text>")
                .contains(">lib 1.0</text>")
                .endsWith("</svg>\n");
    }
}
