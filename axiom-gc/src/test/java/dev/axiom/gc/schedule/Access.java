package dev.axiom.gc.schedule;

/**
 * What a step touches: a dataset, a file, a lock, a lease. Two steps that touch nothing in common, or only read it,
 * come to the same in either order.
 *
 * @param object its name; with {@code /*} at the end, all that is directly below
 * @param writes whether the step may change it
 */
record Access(String object, boolean writes) {

    static Access read(String object) {
        return new Access(object, false);
    }

    static Access write(String object) {
        return new Access(object, true);
    }

    boolean conflicts(Access other) {
        return (writes || other.writes) && (covers(other) || other.covers(this));
    }

    private boolean covers(Access other) {
        if (!object.endsWith("/*")) {
            return object.equals(other.object);
        }
        int prefix = object.length() - 1;
        return other.object.startsWith(object.substring(0, prefix)) && other.object.indexOf('/', prefix) < 0;
    }
}
