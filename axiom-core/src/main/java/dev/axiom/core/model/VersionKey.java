package dev.axiom.core.model;

/**
 * A version's place in the order of its scheme: what {@link Version} compares, hashes and finds equal, and what a
 * {@link Constraint} makes its bounds of. Only keys of one scheme are ever compared; {@code Version} sees to that.
 * Immutable; equal exactly when {@link #compareTo} says 0.
 */
interface VersionKey extends Comparable<VersionKey> {
    /** How far an operator lets a version go. */
    enum Reach {
        /** {@code ~1.2.3}: up to the next minor version. */
        TILDE,
        /** {@code ^1.2.3}: up to the next version that may break. */
        CARET,
        /** {@code 1.2.*}: everything that begins so. */
        WILDCARD
    }

    /** Whether the version only announces a later one, and is taken only when no release will do. */
    default boolean isPrerelease() {
        return false;
    }

    /** Whether the version, as a bound, stands for all versions that {@link #compareApartFromBuild} finds equal. */
    default boolean standsForItsBuilds() {
        return false;
    }

    /** The order without the part of a version that only counts its builds. */
    default int compareApartFromBuild(VersionKey other) {
        return compareTo(other);
    }

    /** Whether this is a prerelease of that very version. */
    default boolean announces(VersionKey release) {
        return false;
    }

    /**
     * Where {@code <} of this version ends: behind nothing that announces it, in schemes in which users mean it so.
     *
     * @param text this version as it was written
     */
    default String lowest(String text) {
        return text;
    }

    /**
     * The text of the first version beyond what the operator allows.
     *
     * @throws AxiomException {@code INVALID} if the version does not begin with a number, so that nothing is next
     */
    String ceiling(Reach reach);
}
