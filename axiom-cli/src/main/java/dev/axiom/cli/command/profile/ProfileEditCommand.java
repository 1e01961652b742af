package dev.axiom.cli.command.profile;

import dev.axiom.cli.Action;
import dev.axiom.cli.OpenStore;
import dev.axiom.cli.Session;
import dev.axiom.core.format.ProfileSpecCodec;
import dev.axiom.core.format.Source;
import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ProfileName;
import dev.axiom.core.model.ProfileSpec;
import dev.axiom.core.profile.Edited;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code axiom profile edit}. */
@Command(
        footer = {
            "%nOpens a copy of profile.yaml in $VISUAL, else $EDITOR, else vi, and puts it in place if it is right and nobody"
                    + " else changed the profile meanwhile. Otherwise nothing changes, and the copy stays.",
            "%nBeside name, description and packages the file may say how to choose:",
            "  prefer: newest            or oldest, or locked: which of several versions",
            "  prefer-packages:          the same for single packages",
            "    - {name: postgresql, prefer: locked}",
            "  pins: [openssl@~3.0]      no other version may be chosen",
            "  exclude: [systemd]        must not be chosen",
            "  os: linux                 for which platform, if not for this machine's",
            "  arch: amd64",
            "  optional: true            optional dependencies are wanted",
            "  several: [python3]        more than one version of it may be chosen",
            "  packages:                 what is wanted; a bar stands before what would do instead",
            "    - apache-maven@^3.9",
            "    - mail-agent | postfix@^3"
        })
public final class ProfileEditCommand implements Action {
    private final Session session;

    @Parameters(paramLabel = "PROFILE", description = "The profile.")
    private ProfileName profile;

    public ProfileEditCommand(Session session) {
        this.session = session;
    }

    /** For commands that write the file anew. */
    static void tellLostComments(Session session, Edited edited) {
        if (edited.lostComments()) {
            session.output().trouble("the comments in profile.yaml are gone; axiom profile edit keeps them");
        }
    }

    @Override
    public int run() {
        String seen;
        try (OpenStore store = OpenStore.forReading(session, "profile edit " + profile)) {
            seen = store.profiles().text(profile);
        } // and closed, since a person may take all day
        Path copy = copy(seen);
        try {
            Editor.open(session.environment(), copy);
            Source text = Source.userFile(copy);
            boolean changed = !text.text().equals(seen);
            ProfileSpec spec = changed ? replace(seen, text) : ProfileSpecCodec.read(text);
            Files.deleteIfExists(copy);
            tell(spec, changed);
            return 0;
        } catch (AxiomException e) {
            throw keeping(copy, seen, e);
        } catch (IOException e) {
            throw AxiomException.io("remove " + copy, e);
        }
    }

    private ProfileSpec replace(String seen, Source text) {
        try (OpenStore store = OpenStore.forWriting(session, "profile edit " + profile)) {
            return store.profiles().replace(store.lease(), profile, seen, text);
        }
    }

    private Path copy(String text) {
        try {
            Path copy = Files.createTempFile("axiom-" + profile + "-", ".yaml");
            return Files.writeString(copy, text);
        } catch (IOException e) {
            throw AxiomException.io("make a copy of profile '" + profile + "'", e);
        }
    }

    private void tell(ProfileSpec spec, boolean changed) {
        session.output()
                .done(
                        json -> {
                            json.writeStartObject();
                            ProfileJson.fields(json, spec);
                            json.writeBooleanField("changed", changed);
                            json.writeEndObject();
                        },
                        changed
                                ? "profile '" + profile + "' is changed: axiom profile resolve " + profile
                                : "profile '" + profile + "' stays as it is");
    }

    /** The same failure, saying where the work is; a copy that nobody worked on goes. */
    private AxiomException keeping(Path copy, String seen, AxiomException failure) {
        String message = failure.getMessage() + "; nothing was changed";
        String hint = failure.hint();
        try {
            if (Files.notExists(copy) || Files.readString(copy).equals(seen)) {
                Files.deleteIfExists(copy);
                return new AxiomException(failure.code(), message, hint, failure);
            }
        } catch (IOException e) {
            failure.addSuppressed(e); // then it stays
        }
        if (Thread.currentThread().isInterrupted()) {
            session.output().trouble("your text is in " + copy); // who is interrupted is told no more than that
        }
        return new AxiomException(
                failure.code(), message, "your text is in " + copy + (hint == null ? "" : "; " + hint), failure);
    }
}
