package dev.axiom.core.model;

import org.jspecify.annotations.Nullable;

/**
 * A place between versions: where an interval of a {@link VersionSet} begins or ends. There are places before the first
 * and behind the last version, directly before a version, directly behind it, and behind all versions that differ from
 * it only in what follows the plus sign.
 *
 * @param version the version next to the place; null exactly for {@link Side#START} and {@link Side#END}
 */
record Cut(@Nullable Version version, Side side) implements Comparable<Cut> {
    enum Side {
        START,
        BEFORE,
        AFTER,
        AFTER_BUILDS,
        END
    }

    static final Cut START = new Cut(null, Side.START);
    static final Cut END = new Cut(null, Side.END);

    static Cut before(Version version) {
        return new Cut(version, Side.BEFORE);
    }

    /** Behind the version as written: {@code 1.2+7} takes its own build in, {@code 1.2} all builds of itself. */
    static Cut after(Version version) {
        return new Cut(version, version.key().standsForItsBuilds() ? Side.AFTER_BUILDS : Side.AFTER);
    }

    @Override
    public int compareTo(Cut other) {
        if (version == null || other.version == null) {
            return side.compareTo(other.side);
        }
        int order = version.compareApartFromBuild(other.version);
        if (order != 0) {
            return order;
        }
        if (side == Side.AFTER_BUILDS || other.side == Side.AFTER_BUILDS) {
            return side.compareTo(other.side);
        }
        order = version.compareTo(other.version);
        return order != 0 ? order : side.compareTo(other.side);
    }

    /** Whether a version lies behind this place. */
    boolean isBefore(Version candidate) {
        return compareTo(before(candidate)) <= 0;
    }
}
