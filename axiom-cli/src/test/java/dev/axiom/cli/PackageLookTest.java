package dev.axiom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code package list}, {@code show} and {@code files}. */
class PackageLookTest {
    private final Sandbox box;

    PackageLookTest(@TempDir Path folder) {
        this.box = new Sandbox(folder);
    }

    @Test
    void listHasATableAndJson() throws Exception {
        box.out("package", "add", box.tree("b-2.0"), box.tree("a-10"), box.tree("a-9"));
        assertThat(box.out("package", "list").replaceAll("[0-9a-f]{16}", "ID"))
                .matches(
                        """
                        PACKAGE  SIZE +BUILD ID
                        a@9_1    \\d+ B +ID
                        a@10_1   \\d+ B +ID
                        b@2.0_1  \\d+ B +ID
                        """);
        assertThat(box.out("package", "list", "b*", "--json"))
                .matches(
                        "\\[\\{\"id\":\"b@2\\.0_1\\+([0-9a-f]{16})\",\"name\":\"b\",\"version\":\"2\\.0\",\"revision\":1,"
                                + "\"buildId\":\"\\1\",\"bytes\":[0-9]+}]\n");
        assertThat(box.out("package", "list", "--json", "c")).isEqualTo("[]\n");
        assertThat(box.refusal(9, "package", "list", "--pool", "dir:" + box.folder() + "/none"))
                .contains("there is no pool");
    }

    @Test
    void listTakesThePatternsThatItPrints() throws Exception {
        box.out("package", "add", box.tree("hello-1.1"), box.tree("hello-1.1.1"), box.tree("hello2-1.1"));
        box.out("package", "add", box.packaged("d", "name: deb\nversion: '1:2-3'\nversion-scheme: debian\n"));
        String id = box.id("hello2");
        assertThat(listed("hello")).isEqualTo("hello@1.1_1 hello@1.1.1_1");
        assertThat(listed("hello@1.1")).isEqualTo("hello@1.1_1");
        assertThat(listed("hello@1.1_1")).isEqualTo("hello@1.1_1");
        assertThat(listed("hello@1*")).isEqualTo("hello@1.1_1 hello@1.1.1_1");
        assertThat(listed("*@1.1")).isEqualTo("hello@1.1_1 hello2@1.1_1");
        assertThat(listed(id)).isEqualTo("hello2@1.1_1");
        assertThat(listed(id.substring(0, id.indexOf('+') + 5) + "*")).isEqualTo("hello2@1.1_1");
        assertThat(listed("deb@1:2-3_1")).isEqualTo("deb@1:2-3_1");
        assertThat(listed("deb@debian:1:2-3")).isEqualTo("deb@1:2-3_1");
        assertThat(listed("hello@2")).isEmpty();
    }

    /** The first column of the table. */
    private String listed(String pattern) {
        return box.out("package", "list", pattern)
                .lines()
                .skip(1)
                .map(line -> line.replaceFirst(" .*", ""))
                .collect(Collectors.joining(" "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tool", "tool@1.5", "tool@1.5_2", "id", "build", "digits"})
    void aPackageIsNamedInAnyForm(String form) throws Exception {
        box.out("package", "add", box.packaged("t", "name: tool\nversion: \"1.5\"\nrevision: 2\n"));
        String id = box.id("tool");
        String build = id.substring(id.indexOf('+') + 1);
        String ref = form.equals("id")
                ? id
                : form.equals("build") ? build : form.equals("digits") ? build.substring(0, 4) : form;
        assertThat(box.out("package", "show", ref)).startsWith("Package:     " + id + "\n");
        assertThat(box.out("package", "files", ref)).isEqualTo("bin\nbin/run\nread me\nrun\n");
    }

    @Test
    void showTellsEverything() throws Exception {
        Path source = box.packaged(
                "t",
                """
                name: tool
                version: "1.5"
                description: |
                  Makes things.
                  Many things.
                license: MIT
                homepage: https://example.org/
                maintainer: A. Person
                tags: [small, fast]
                provides: [maker]
                conflicts: [{name: gadget}]
                replaces: [{name: oldtool, version: <1}]
                """);
        Files.writeString(source.resolve("deps.yaml"), "dependencies: [{name: libc, version: '>=2'}, {name: zlib}]\n");
        box.out("package", "add", source);
        String id = box.id("tool");
        String build = id.substring(id.indexOf('+') + 1);
        String path = box.pool() + "/store/tool-1.5_1-" + build;
        assertThat(box.out("package", "show", "tool")
                        .replaceAll("Size: .*", "Size: S")
                        .replaceAll("Added by: .*", "Added by: X"))
                .isEqualTo(
                        """
                        Package:     %s
                        Description: Makes things.
                                     Many things.
                        License:     MIT
                        Homepage:    https://example.org/
                        Maintainer:  A. Person
                        Tags:        fast
                                     small
                        Depends:     libc@>=2
                                     zlib
                        Provides:    maker
                        Conflicts:   gadget
                        Replaces:    oldtool@<1
                        Source:      t
                        Added by: X
                        Size: S
                        Folder:      %s
                        """
                                .formatted(id, path));
        assertThat(box.out("package", "show", "tool", "--json"))
                .matches("\\{\"id\":\"tool@1\\.5_1\\+" + build
                        + "\",\"name\":\"tool\",\"version\":\"1\\.5\",\"revision\":1,"
                        + "\"buildId\":\"" + build + "\",\"bytes\":[0-9]+,\"path\":\"" + path + "\","
                        + "\"description\":\"Makes things\\.\\\\nMany things\\.\\\\n\",\"license\":\"MIT\","
                        + "\"homepage\":\"https://example\\.org/\",\"maintainer\":\"A\\. Person\","
                        + "\"tags\":\\[\"fast\",\"small\"],\"dependencies\":\\[\"libc@>=2\",\"zlib\"],\"optional\":\\[],"
                        + "\"provides\":\\[\"maker\"],\"conflicts\":\\[\"gadget\"],\"replaces\":\\[\"oldtool@<1\"],"
                        + "\"provenance\":\\{\"source\":\"t\",\"sha256\":\"\",\"addedBy\":\"axiom [^\"]*\"},"
                        + "\"treeDigest\":\"[0-9a-f]{64}\",\"deadSince\":null,\"holders\":\\[],"
                        + "\"versionScheme\":\"semver\",\"os\":null,\"arch\":null}\n");
    }

    @Test
    void filesShowTheOriginalModes() throws Exception {
        box.out("package", "add", box.tree("x-1"));
        assertThat(box.out("package", "files", "x", "-l"))
                .isEqualTo(
                        """
                        TYPE  MODE  SIZE  PATH
                        dir   0755     0  bin
                        file  0755    19  bin/run
                        file  0644     3  read me
                        link  0777     0  run -> bin/run
                        """);
        assertThat(box.out("package", "files", "x", "--json"))
                .isEqualTo(
                        "[{\"path\":\"bin\",\"type\":\"dir\",\"mode\":\"0755\",\"size\":0,\"target\":null},"
                                + "{\"path\":\"bin/run\",\"type\":\"file\",\"mode\":\"0755\",\"size\":19,\"target\":null},"
                                + "{\"path\":\"read me\",\"type\":\"file\",\"mode\":\"0644\",\"size\":3,\"target\":null},"
                                + "{\"path\":\"run\",\"type\":\"link\",\"mode\":\"0777\",\"size\":0,\"target\":\"bin/run\"}]\n");
    }

    @Test
    void aFileNameCannotDriveATerminal() throws Exception {
        Path tree = box.tree("x-1");
        Files.writeString(tree.resolve("a\u001b[31m\nb"), "");
        box.out("package", "add", tree);
        assertThat(box.out("package", "files", "x")).startsWith("a\\u001b[31m\\u000ab\nbin\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"show", "files", "remove"})
    void whatCannotBeNamedIsRefused(String verb) throws Exception {
        box.out("package", "add", box.tree("hello-1"), box.tree("hello-2"));
        assertThat(box.refusal(3, "package", verb, "helo"))
                .contains("no package is called 'helo'", "did you mean hello?");
        assertThat(box.refusal(4, "package", verb, "hello")).contains("ambiguous", "hello@1_1+", "hello@2_1+");
        assertThat(box.refusal(2, "package", verb, "a/b")).contains("a/b");
        assertThat(box.refusal(2, "package", verb)).contains("PACKAGE");
        assertThat(box.refusal(3, "package", verb, "helo", "--json"))
                .startsWith("{\"error\":{\"code\":\"not_found\",\"message\":\"no package is called 'helo'\",");
    }

    @Test
    void aDamagedDocumentIsNamed() throws Exception {
        box.out("package", "add", box.tree("x-1"));
        String path = box.pool() + "/store/x-1_1-" + box.id("x").substring(6);
        box.sh("chmod", "-R", "u+w", path);
        Files.writeString(Path.of(path, "manifest.yaml"), "name: [\n");
        Files.writeString(Path.of(path, "files.mtree"), "./x type=what\n");
        assertThat(box.refusal(8, "package", "show", "x")).contains(path + "/manifest.yaml:");
        assertThat(box.refusal(8, "package", "files", "x")).contains(path + "/files.mtree:1");
        Files.delete(Path.of(path, "files.mtree"));
        assertThat(box.refusal(8, "package", "files", "x")).contains(path + "/files.mtree is missing");
    }
}
