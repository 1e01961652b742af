package dev.axiom.core.resolve;

import dev.axiom.core.model.PackageName;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Counts how many names an index is asked for. */
final class CountingIndex implements PackageIndex {
    private final PackageIndex inner;
    private int asked;

    CountingIndex(PackageIndex inner) {
        this.inner = inner;
    }

    int asked() {
        return asked;
    }

    @Override
    public List<Candidate> candidates(PackageName name) {
        asked++;
        return inner.candidates(name);
    }

    @Override
    public Set<PackageName> providers(PackageName name) {
        return inner.providers(name);
    }

    @Override
    public Collection<PackageName> names() {
        throw new AssertionError("only a failure needs all names");
    }
}
