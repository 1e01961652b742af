package dev.axiom.core.resolve;

import dev.axiom.core.model.PackageName;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * The packages that can be chosen. The resolver asks for each name at most once in a run, and only for names that it
 * comes across. While it runs, the same question must get the same answer; the order within an answer does not count.
 */
public interface PackageIndex {
    /** Every package of this name; empty if there is none. */
    List<Candidate> candidates(PackageName name);

    /** The names of all packages of which at least one {@linkplain Candidate#provides() provides} this name. */
    Set<PackageName> providers(PackageName name);

    /** The names of all packages; asked for only to suggest a name in place of one that does not exist. */
    Collection<PackageName> names();
}
