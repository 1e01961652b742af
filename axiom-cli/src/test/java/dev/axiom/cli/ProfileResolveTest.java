package dev.axiom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiom.core.model.PackageId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a resolve says of what it did, to people and to scripts. */
class ProfileResolveTest {
    private final PoolRun pool;

    ProfileResolveTest(@TempDir Path folder) throws IOException {
        this.pool = new PoolRun(folder);
        pool.out("profile", "create", "dev");
    }

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void onlyWhatChangedIsShown() throws IOException {
        PackageId lib = pool.add("lib", "1.0");
        PackageId old = pool.add("tool", "1.0", "lib");
        pool.out("profile", "add", "dev", "tool");
        assertThat(pool.out("profile", "resolve", "dev", "--json"))
                .endsWith("\"changes\":[{\"name\":\"lib\",\"before\":null,\"after\":\"" + lib + "\"},"
                        + "{\"name\":\"tool\",\"before\":null,\"after\":\"" + old
                        + "\"}],\"askedNow\":[],\"askedNoLonger\":[]}\n");
        assertThat(pool.out("profile", "resolve", "dev", "--json"))
                .endsWith("\"changes\":[],\"askedNow\":[],\"askedNoLonger\":[]}\n");
        CliRun again = pool.axiom("profile", "resolve", "dev");
        assertThat(again).isEqualTo(new CliRun(0, "", "profile 'dev': nothing changes, generation 1 has 2 packages\n"));
        PackageId fresh = pool.add("tool", "1.1", "lib");
        assertThat(pool.out("profile", "resolve", "dev", "--upgrade", "--dry-run"))
                .isEqualTo(
                        """
                        PACKAGE  VERSION  BUILD ID          CHANGE
                        tool     1.1_1    %s  was 1.0_1
                        """
                                .formatted(fresh.buildId()));
        assertThat(pool.out("profile", "resolve", "dev", "--upgrade", "--dry-run", "--json"))
                .endsWith("\"changes\":[{\"name\":\"tool\",\"before\":\"" + old + "\",\"after\":\"" + fresh
                        + "\"}],\"askedNow\":[],\"askedNoLonger\":[]}\n");
        CliRun all = pool.axiom("profile", "resolve", "dev", "--upgrade", "--verbose");
        assertThat(all.out())
                .contains("lib      1.0_1    " + lib.buildId() + "\n")
                .contains("tool     1.1_1    ");
    }

    @Test
    void aPackageThatIsOnlyAskedForNowIsAChange() throws IOException {
        pool.add("ssl", "3.0");
        pool.add("web", "1.0", "ssl");
        pool.out("profile", "add", "dev", "web");
        pool.out("profile", "resolve", "dev");
        pool.out("profile", "add", "dev", "ssl");
        assertThat(pool.refusal(4, "profile", "resolve", "dev", "--locked"))
                .contains("profile 'dev': its lock file would change: ssl is asked for now\n");
        assertThat(pool.axiom("profile", "resolve", "dev", "--dry-run").err())
                .isEqualTo("profile 'dev': generation 2 would have 2 packages, 0 changed, 1 asked for now\n");
        assertThat(pool.out("profile", "resolve", "dev", "--json"))
                .endsWith("\"changes\":[],\"askedNow\":[\"ssl\"],\"askedNoLonger\":[]}\n");
        pool.out("profile", "remove", "dev", "ssl");
        assertThat(pool.refusal(4, "profile", "resolve", "dev", "--locked")).contains("ssl is no longer asked for\n");
        CliRun last = pool.axiom("profile", "resolve", "dev");
        assertThat(last.out()).matches("PACKAGE .*\nssl +3.0_1 +[0-9a-f]{16}  no longer asked for\n");
        assertThat(last.err())
                .isEqualTo("profile 'dev': generation 3 has 2 packages, 0 changed, 1 no longer asked for\n");
    }

    @Test
    void theProfileMayStandBeforeOrBehindWhatIsUpgraded() throws IOException {
        pool.add("ssl", "1.0");
        pool.add("web", "1.0", "ssl");
        pool.out("profile", "add", "dev", "web");
        pool.out("profile", "resolve", "dev");
        pool.add("ssl", "1.1");
        pool.add("web", "1.1", "ssl");
        String one = ", 1 changed\n";
        String all = ", 2 changed\n";
        assertThat(preview("dev", "--upgrade", "ssl")).endsWith(one);
        assertThat(preview("--upgrade", "ssl", "dev")).endsWith(one);
        assertThat(preview("--upgrade", "ssl", "--timeout", "10s", "dev")).endsWith(one);
        assertThat(preview("dev", "--upgrade")).endsWith(all);
        assertThat(preview("--upgrade", "dev")).endsWith(all);
        assertThat(preview("--upgrade", "ssl", "web", "dev")).endsWith(all);
        assertThat(pool.refusal(2, "profile", "resolve", "--upgrade"))
                .startsWith("axiom: missing required parameter: 'PROFILE'\nhint: ");
        assertThat(pool.refusal(2, "profile", "resolve"))
                .startsWith("axiom: missing required parameter: 'PROFILE'\nhint: ");
        assertThat(pool.refusal(3, "profile", "resolve", "--upgrade", "ssl"))
                .startsWith("axiom: there is no profile 'ssl'\n");
        assertThat(pool.out("profile", "resolve", "--help")).contains("[--upgrade[=NAME...]]... PROFILE");
    }

    private String preview(String... words) {
        String[] line = Stream.concat(Stream.of("profile", "resolve", "--dry-run"), Stream.of(words))
                .toArray(String[]::new);
        CliRun run = pool.axiom(line);
        assertThat(run.code()).as("%s", run).isZero();
        return run.err();
    }

    @Test
    void aScriptCanTellTheImpossibleFromWhatWasGivenUp() throws IOException {
        pool.add("lib", "1.0");
        pool.add("tool", "2.0", "lib@^2");
        pool.add("other", "1.0");
        pool.out("profile", "add", "dev", "tool", "other");
        assertThat(pool.refusal(6, "profile", "resolve", "dev", "--json"))
                .contains("\"gaveUp\":false,\"requirements\":[\"tool\"],\"explanation\":[\"Because ")
                .contains("\"],\"proof\":[{");
        assertThat(pool.refusal(6, "profile", "resolve", "dev", "--json", "--timeout", "0"))
                .endsWith(",\"gaveUp\":true,\"requirements\":[],\"explanation\":[]}}\n");
    }
}
