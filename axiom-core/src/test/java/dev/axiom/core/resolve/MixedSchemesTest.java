package dev.axiom.core.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiom.core.archive.DebianControl;
import dev.axiom.core.model.BuildId;
import dev.axiom.core.model.Manifest;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.PackageName;
import dev.axiom.core.model.Preference;
import dev.axiom.core.model.Provided;
import dev.axiom.core.model.Requirement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A store with packages of a distribution and others of the same names. */
final class MixedSchemesTest {
    private final List<Candidate> store = new ArrayList<>();

    private void own(String id, String... provides) {
        store.add(new Candidate(
                PackageId.parse(id + "_1+" + "%016x".formatted(store.size())),
                List.of(),
                List.of(),
                List.of(provides).stream().map(Provided::parse).toList()));
    }

    private void debian(String control) {
        DebianControl said = DebianControl.parse(control);
        Manifest manifest = said.manifest();
        store.add(new Candidate(
                manifest.id(new BuildId("%016x".formatted(store.size()))),
                said.dependencies().requirements(),
                manifest.relations().conflicts(),
                manifest.relations().provides()));
    }

    private List<String> resolve(String name) {
        return Resolver.resolve(
                        new MemoryIndex(store),
                        List.of(Requirement.of(new PackageName(name))),
                        ResolvePolicy.prefer(Preference.NEWEST))
                .packages()
                .stream()
                .map(one -> one.id().name() + " " + one.id().version().qualified())
                .sorted()
                .toList();
    }

    @Test
    void aDistributionsNeedIsOfItsOwnPackages() {
        own("perl@5.40");
        debian("Package: perl\nVersion: 5.36-1\nArchitecture: all\n");
        debian("Package: gitx\nVersion: 1-1\nArchitecture: all\nDepends: raku | perl\n");
        assertThat(resolve("gitx")).containsExactly("gitx debian:1-1", "perl debian:5.36-1");
    }

    /** A name that is provided without a version is of no scheme. */
    @Test
    void whoProvidesTheNameServes() {
        debian("Package: gitx\nVersion: 1-1\nArchitecture: all\nDepends: perl, mail\n");
        debian("Package: postfix\nVersion: 3-1\nArchitecture: all\nProvides: mail\n");
        own("perl@5.40");
        assertThatThrownBy(() -> resolve("gitx"))
                .isInstanceOf(UnsolvableException.class)
                .hasMessageContaining("perl debian:*");
        own("my-perl@5.40", "perl");
        assertThat(resolve("gitx")).containsExactly("gitx debian:1-1", "my-perl 5.40", "postfix debian:3-1");
    }
}
