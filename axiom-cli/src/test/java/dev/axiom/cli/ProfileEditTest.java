package dev.axiom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Profiles as people write them: with an editor, and with comments. */
class ProfileEditTest {
    private static final Pattern COPY = Pattern.compile("your text is in (/\\S+\\.yaml)");
    private static final String WANTED = "name: dev\n# not 1.1: it leaks\npins: [ssl@~3.0]\npackages: [web]\n";

    private final PoolRun pool;
    private final Path folder;
    private final Path file;

    ProfileEditTest(@TempDir Path folder) throws IOException {
        this.pool = new PoolRun(folder);
        this.folder = folder;
        this.file = pool.pool().resolve("state/profiles/dev/profile.yaml");
    }

    @BeforeEach
    void create() {
        pool.out("profile", "create", "dev");
    }

    @AfterEach
    void close() {
        pool.close();
    }

    /** Edits with a shell script that finds the copy as its argument. */
    private CliRun edit(String script, String... options) throws IOException {
        Path editor = Files.writeString(folder.resolve("editor"), script);
        Map<String, String> variables = new HashMap<>(pool.variables());
        variables.put("VISUAL", "sh -e " + editor);
        variables.put("EDITOR", "false");
        String[] line = new String[3 + options.length];
        System.arraycopy(new String[] {"profile", "edit", "dev"}, 0, line, 0, 3);
        System.arraycopy(options, 0, line, 3, options.length);
        return CliRun.in(variables, line);
    }

    private String typing(String text) throws IOException {
        return "cat " + Files.writeString(folder.resolve("typed"), text) + " >\"$1\"\n";
    }

    private String copyNamedIn(String said) throws IOException {
        Matcher copy = COPY.matcher(said);
        assertThat(copy.find()).as(said).isTrue();
        String text = Files.readString(Path.of(copy.group(1)));
        Files.delete(Path.of(copy.group(1)));
        return text;
    }

    @Test
    void whatIsTypedIsTakenToTheLetter() throws IOException {
        assertThat(edit(typing(WANTED)))
                .isEqualTo(new CliRun(0, "", "profile 'dev' is changed: axiom profile resolve dev\n"));
        assertThat(file).hasContent(WANTED);
        assertThat(edit("grep -q leaks \"$1\"\n")).isEqualTo(new CliRun(0, "", "profile 'dev' stays as it is\n"));
        assertThat(edit("exit 0\n", "--json").out())
                .startsWith("{\"profile\":\"dev\",\"description\":\"\",\"packages\":[{\"name\":\"web\",")
                .endsWith(",\"changed\":false}\n");
    }

    @Test
    void aMistakeIsPlacedAndChangesNothing() throws IOException {
        String wrong = "name: dev\npackges: []\n";
        CliRun run = edit(typing(wrong));
        assertThat(run.code()).isEqualTo(5);
        assertThat(run.err())
                .contains(".yaml:2:1: ")
                .contains("did you mean 'packages'?")
                .contains("nothing was changed");
        assertThat(file).hasContent("name: dev\npackages: []\n");
        assertThat(copyNamedIn(run.err())).isEqualTo(wrong);
        CliRun renamed = edit(typing("name: other\npackages: []\n"));
        assertThat(renamed.code()).isEqualTo(5);
        assertThat(copyNamedIn(renamed.err())).contains("other");
    }

    @Test
    void anotherEditorsWorkIsNotOverwritten() throws IOException {
        CliRun run = edit(typing(WANTED) + "cat >'" + file + "' <<END\nname: dev\npackages: [other]\nEND\n");
        assertThat(run.code()).isEqualTo(4);
        assertThat(run.err()).contains("somebody else changed profile 'dev' meanwhile");
        assertThat(file).hasContent("name: dev\npackages: [other]\n");
        assertThat(copyNamedIn(run.err())).isEqualTo(WANTED);
    }

    @Test
    void aBrokenFileCanBeMended() throws IOException {
        Files.writeString(file, "packages: [\n");
        assertThat(pool.refusal(5, "profile", "show", "dev")).contains("profile.yaml:");
        assertThat(edit(typing(WANTED)).code()).isZero();
        assertThat(file).hasContent(WANTED);
    }

    @Test
    void withoutAnEditorNothingHappens() throws IOException {
        CliRun run = edit("exit 3\n");
        assertThat(run.code()).isEqualTo(9);
        assertThat(run.err()).contains("' failed with exit code 3; nothing was changed");
        CliRun none = edit("rm \"$1\"\n");
        assertThat(none.code()).isEqualTo(3);
        assertThat(none.err()).contains("nothing was changed");
        assertThat(pool.refusal(3, "profile", "edit", "none")).contains("there is no profile 'none'");
    }

    @Test
    void commentsThatAreLostAreMissed() throws IOException {
        Files.writeString(file, "name: dev\ndescription: 'no # comment'\npackages: []\n");
        assertThat(pool.axiom("profile", "add", "dev", "lib", "--quiet").err()).isEmpty();
        Files.writeString(file, WANTED);
        String lost = "the comments in profile.yaml are gone; axiom profile edit keeps them";
        assertThat(pool.axiom("profile", "add", "dev", "web").err()).doesNotContain(lost);
        assertThat(pool.axiom("profile", "add", "dev", "lib").err()).contains("axiom: " + lost + "\n");
        Files.writeString(file, WANTED);
        assertThat(pool.axiom("profile", "remove", "dev", "web", "--json").err())
                .isEqualTo("{\"warning\":{\"message\":\"" + lost + "\"}}\n");
    }

    @Test
    void helpNamesEveryField() {
        assertThat(pool.out("profile", "edit", "--help"))
                .contains("prefer", "prefer-packages", "pins", "exclude", "os", "arch", "optional", "several");
    }
}
