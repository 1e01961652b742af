package dev.axiom.core.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.model.LockFile;
import dev.axiom.core.model.ProfileName;
import dev.axiom.core.model.Settings;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every complaint has its place, its field and its words. In the tables {@code ~} stands for a new line. */
class ErrorsTest {
    private static final String ID = "bash@5.2_1+0123456789abcdef";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "a: 1~a: 2|2:1: field 'a': it stands twice, first in line 1",
                "a: *x|1:4: an alias (*) is not allowed; put a text that starts with '*' in quotes",
                "a: &x b|1:4: an anchor (&) is not allowed; put a text that starts with '&' in quotes",
                "a: !!str b|1:4: a tag (!) is not allowed; put a text that starts with '!' in quotes",
                "a: !x {}|1:4: a tag (!) is not allowed; put a text that starts with '!' in quotes",
                "%YAML 1.1~---~a: b|1:1: directives such as %YAML are not allowed",
                "%TAG ! x:~---~a: b|1:1: directives such as %YAML are not allowed",
                "a: b~---~c: d|2:1: a second document starts here; there may be only one",
                "? [a]~: b|1:3: a field's name must be a text",
                "?~: b|1:2: a field's name must be a text",
                "[[[[[[[[[[[[[[[[[|1:17: values are nested deeper than 16",
                "a: 'b|1:6: not valid YAML: found unexpected end of stream",
                "a: [b|1:6: not valid YAML: expected ',' or ']', but got <stream end>",
                "a: b: c|1:5: not valid YAML: mapping values are not allowed here",
                "a:~\tb: c|2:1: not valid YAML: found character '\\t(TAB)' that cannot start any token. (Do not use \\t(TAB) for indentation)",
            })
    void yaml(String text, String message) {
        assertComplaint(SettingsCodec::read, text, message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "\"\"|1:1: the document is empty",
                "text|1:1: must be a group of fields, such as 'name: …', not text",
                "- x|1:1: must be a group of fields, such as 'name: …', not a list",
                "name: x|1:1: field 'version': missing",
                "version: 1|1:1: field 'name': missing",
                "nmae: x~version: 1|1:1: field 'nmae': unknown; did you mean 'name'?",
                "name: x~Version: 1|2:1: field 'Version': unknown; did you mean 'version'?",
                "name: x~version_scheme: semver|2:1: field 'version_scheme': unknown; did you mean 'version-scheme'?",
                "name:~version: 1|1:6: field 'name': must be a text, not nothing",
                "name: [x]~version: 1|1:7: field 'name': must be a text, not a list",
                "name: {x: y}~version: 1|1:7: field 'name': must be a text, not a group of fields",
                "name: x~version: 1~revision: one|3:11: field 'revision': must be a whole number from 0 to 999999999, not one",
                "name: x~version: 1~revision: 1.5|3:11: field 'revision': must be a whole number from 0 to 999999999, not 1.5",
                "name: x~version: 1~revision: 01|3:11: field 'revision': must be a whole number from 0 to 999999999, not 01",
                "name: x~version: 1~revision: -1|3:11: field 'revision': must be a whole number from 0 to 999999999, not -1",
                "name: x~version: 1~revision: 1000000000|3:11: field 'revision': must be a whole number from 0 to 999999999, not 1000000000",
                "name: x~version: 1~revision: 99999999999|3:11: field 'revision': must be a whole number from 0 to 999999999, not 99999999999",
                "name: x~version: 1~revision: '1'|3:11: field 'revision': must be a whole number from 0 to 999999999, not the quoted text \"1\"",
                "name: x~version: 1~revision:|3:10: field 'revision': must be a whole number from 0 to 999999999, not nothing",
                "name: x~version: 1~tags: y|3:7: field 'tags': must be a list, not text",
                "name: x~version: 1~tags: [a, b, a]|3:14: field 'tags[2]': 'a' stands in the list twice, first as [0]",
                "name: x~version: 1~tags: [' ']|3:8: field 'tags[0]': a tag must not be blank",
                "name: x~version: 1~license: 'a~~  b'|3:10: field 'license': the text must be one line without tabs",
                "name: x~version: 1~description: \"\\e[31m\"|3:14: field 'description': the text holds the character U+001B, which is not allowed",
                "name: x~version: 1~description: \"\\uD800\"|3:14: field 'description': the text holds the character U+D800, which is not allowed",
                "name: x~version: 1~version-scheme: pacman|3:17: field 'version-scheme': version scheme 'pacman' is not known: it must be semver, debian, freebsd or rpm",
                "name: x~version: 1~provides: [y@]|3:12: field 'provides[0]': version '' is not valid: it must start with a letter or digit and hold only letters, digits, '.', '+', '~', ':', '_', '-' (128 at most)",
                "name: x~version: 1~conflicts: [y, y@^1]|3:16: field 'conflicts[1]': 'y' stands in the list twice, first as [0]",
            })
    void manifest(String text, String message) {
        assertComplaint(ManifestCodec::read, text, message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{}|1:1: field 'dependencies': missing",
                "dependencies:|1:14: field 'dependencies': must be a list, not nothing",
                "dependencies: {}|1:15: field 'dependencies': must be a list, not a group of fields",
                "dependencies:~  - version: 1|2:5: field 'dependencies[0].name': missing",
                "dependencies:~  - name: a~    verson: 1|3:5: field 'dependencies[0].verson': unknown; did you mean 'version'?",
                "dependencies:~  - name: a~  - name: a|3:5: field 'dependencies[1]': 'a' stands in the list twice, first as [0]",
                "dependencies: [{name: a, version: 1.0, constraint: caret}]|1:52: field 'dependencies[0].constraint': 'caret' does not agree with the version '1.0', which is 'exact'",
                "dependencies: [{name: a, constraint: exact}]|1:38: field 'dependencies[0].constraint': 'exact' does not agree with the version '*', which is 'any'",
                "dependencies: [{name: a, constraint: about}]|1:38: field 'dependencies[0].constraint': 'about' must be exact, tilde, caret, range or any",
                "dependencies: [[a]]|1:16: field 'dependencies[0]': must be a group of fields, such as 'name: …', not a list",
            })
    void dependencies(String text, String message) {
        assertComplaint(DependenciesCodec::read, text, message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "lock_version: 2~something: new|1:15: field 'lock_version': format 2 is not known; this Axiom reads format 1",
                "lock_version: x|1:15: field 'lock_version': must be a whole number from 1 to 2147483647, not x",
                "profile_name: dev~resolved: []|1:1: field 'lock_version': missing",
                "lock_version: 1~resolved: []|1:1: field 'profile_name': missing",
                "lock_version: 1~profile_name: ../x~resolved: []|2:15: field 'profile_name': profile name '../x' is not valid: *",
                "lock_version: 1~profile_name: dev~resolved: [{name: a}]|3:12: field 'resolved[0].version': missing",
                "lock_version: 1~profile_name: dev~resolved:~  - {name: a, version: 1, revision: 1, build_id: 0123456789abcdeg, requested: true}|4:50: field 'resolved[0].build_id': build id '0123456789abcdeg' is not valid: it must be 16 digits of 0-9a-f",
                "lock_version: 1~profile_name: dev~resolved:~  - {name: a, version: 1, revision: 1, build_id: 0123456789abcdef, requested: yes}|4:79: field 'resolved[0].requested': must be true or false, not yes",
                "lock_version: 1~profile_name: dev~resolved:~  - {name: a, version: 1, revision: 1, build_id: 0123456789abcdef, requested: 'true'}|4:79: field 'resolved[0].requested': must be true or false, not the quoted text \"true\"",
            })
    void lock(String text, String message) {
        assertComplaint(LockFileCodec::read, text, message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "pool: tank|1:7: field 'pool': the pool must be dir:PATH or zfs:DATASET",
                "pool: dir:relpool|1:7: field 'pool': the pool's path must be absolute, as in dir:/srv/axiom",
                "jobs: 0|1:7: field 'jobs': must be a whole number from 1 to 1024, not 0",
                "lock-timeout: 5|1:15: field 'lock-timeout': duration '5' is not valid: a unit is missing; units are w, d, h, m, s, ms",
                "lock_timeout: 5s|1:1: field 'lock_timeout': unknown; did you mean 'lock-timeout'?",
                "colour: red|1:1: field 'colour': unknown; it may be pool, jobs, lock-timeout or gc",
                "gc: 24h|1:5: field 'gc': must be a group of fields, such as 'grace: …', not text",
                "gc: {grase: 24h}|1:6: field 'gc.grase': unknown; did you mean 'grace'?",
                "gc: {max-freed: 10 elephants}|1:17: field 'gc.max-freed': size '10 elephants' is not valid: write a number and a unit, such as 10G, 512MiB or 1.5GB",
                "gc: {keep-generations: -1}|1:24: field 'gc.keep-generations': must be a whole number from 0 to 2147483647, not -1",
                "gc: {every: 10ms}|1:13: field 'gc.every': the time from collection to collection must be 1s or more, not 10ms",
                "gc: {lock-file: gc.lock}|1:17: field 'gc.lock-file': the lock file must be an absolute path",
            })
    void settings(String text, String message) {
        assertComplaint(SettingsCodec::read, text, message);
    }

    @Test
    void otherDocuments() {
        assertComplaint(ManifestCodec::read, "# only a comment", "1:1: the document is empty");
        assertComplaint(
                ProvenanceCodec::read, "sha256: abc", "1:9: field 'sha256': a sha256 must be 64 digits of 0-9a-f");
        assertComplaint(ProfileSpecCodec::read, "name: dev", "1:1: field 'packages': missing");
        assertComplaint(ProfileSpecCodec::read, "name: dev\npackages: [a@>=]", "2:12: field 'packages[0]': *");
        assertComplaint(
                EnvRecordCodec::read,
                "env_version: 1\nenv: dev\ngeneration: 0",
                "3:13: field 'generation': must be a whole number from 1 to 2147483647, not 0");
        assertComplaint(
                EnvRecordCodec::read,
                "env_version: 1\nenv: dev\ngeneration: 1\nprofile: p\nprofile_generation: 1\nstrategy: move\npackages: []",
                "6:11: field 'strategy': strategy 'move' is not known: it must be link or copy");
        assertComplaint(
                PinCodec::read,
                "pin_version: 1\nname: a/b\npackages: []",
                "2:7: field 'name': pin name 'a/b' is not valid: *");
        assertComplaint(PinCodec::read, "pin_version: 1\nname: keep\npackages: []", "1:1: pin 'keep' names no package");
        assertComplaint(
                PinCodec::read,
                "pin_version: 1\nname: keep\npackages: [" + ID + ", " + ID + "]",
                "3:41: field 'packages[1]': '" + ID + "' stands in the list twice, first as [0]");
    }

    @Test
    void bytesThatAreNoText() {
        byte[] bytes = "name: ü\nversion: \u00ff".getBytes(StandardCharsets.ISO_8859_1);
        assertComplaint(ManifestCodec::read, Source.ofUser("f", bytes), "f:1:7: the byte 0xFC is not UTF-8");
        byte[] cut = "name: ab€".getBytes(StandardCharsets.UTF_8);
        assertComplaint(
                ManifestCodec::read,
                Source.ofUser("f", Arrays.copyOf(cut, cut.length - 1)),
                "f:1:9: the byte 0xE2 is not UTF-8");
        assertComplaint(ManifestCodec::read, "name: ü\n🐚\0", "2:2: the character U+0000 is not allowed");
        assertComplaint(ManifestCodec::read, "name: \u001b[31m", "1:7: the character U+001B is not allowed");
        assertComplaint(ManifestCodec::read, "name: \uFFFE", "1:7: the character U+FFFE is not allowed");
    }

    @Test
    void tooMuch() {
        String mebibyte = "#".repeat(Source.USER_LIMIT);
        assertComplaint(ManifestCodec::read, mebibyte + "#", "1:1: the document is larger than 1 MiB");
        assertThat(SettingsCodec.read(Source.ofUser("f", mebibyte))).isEqualTo(Settings.NONE);
        assertComplaint(
                ManifestCodec::read,
                Source.ofStore("f", "#".repeat(Source.STORE_LIMIT + 1)),
                "f:1:1: the document is larger than 16 MiB");
        assertComplaint(
                ManifestCodec::read,
                ofStore("f", "a: [" + "b,".repeat(YamlReader.MAX_NODES)),
                "f:1:" + (2 * YamlReader.MAX_NODES - 1) + ": there are more than 400000 values");
        assertComplaint(
                ManifestCodec::read,
                "name: " + "x".repeat(4097) + "\nversion: 1",
                "1:7: field 'name': the text is longer than 4096 characters");
    }

    @Test
    void complaintsAreDataToo() {
        FormatException e = catchThrowableOfType(
                FormatException.class,
                () -> DependenciesCodec.read(ofStore("deps.yaml", "dependencies:\n  - version: 1\n")));
        assertThat(e.code()).isEqualTo(ErrorCode.CORRUPT);
        assertThat(e.source()).isEqualTo("deps.yaml");
        assertThat(e.line()).isEqualTo(2);
        assertThat(e.column()).isEqualTo(5);
        assertThat(e.field()).isEqualTo("dependencies[0].name");
    }

    /** Whole, so that there is more to complain of than its end. */
    private static Source ofStore(String name, String text) {
        return Source.ofStore(name, text + EndLine.of(text));
    }

    /** A later Axiom's document is as it was written; a cut one is called cut, wherever it breaks off. */
    @Test
    void aDocumentThatIsNotAsItWasWrittenIsCalledThat() {
        String whole = LockFileCodec.write(new LockFile(new ProfileName("dev"), List.of()));
        for (int length = 0; length < whole.length(); length++) {
            Source cut = Source.ofStore("l", whole.substring(0, length));
            assertThat(catchThrowableOfType(FormatException.class, () -> LockFileCodec.read(cut)))
                    .hasMessageEndingWith("the document is cut off: its last line, '# end crc32c=…', is missing");
        }
        assertComplaint(
                LockFileCodec::read,
                Source.ofStore("l", whole.replace("dev", "dvv")),
                "l:4:1: the document is not as Axiom wrote it: its checksum differs");
        assertComplaint(
                LockFileCodec::read,
                ofStore("l", "lock_version: 2\n"),
                "l:1:15: field 'lock_version': format 2 is not known; this Axiom reads format 1");
    }

    private static void assertComplaint(Function<Source, ?> read, String text, String message) {
        assertComplaint(read, Source.ofUser("f", text.replace('~', '\n')), "f:" + message);
    }

    /** A message that ends in an asterisk is only the beginning. */
    private static void assertComplaint(Function<Source, ?> read, Source source, String message) {
        FormatException e = catchThrowableOfType(FormatException.class, () -> read.apply(source));
        assertThat(e).as(message).isNotNull();
        assertThat(e.code()).isEqualTo(source.isOfStore() ? ErrorCode.CORRUPT : ErrorCode.INVALID);
        if (message.endsWith("*")) {
            assertThat(e).message().startsWith(message.substring(0, message.length() - 1));
        } else {
            assertThat(e).hasMessage(message);
        }
    }
}
