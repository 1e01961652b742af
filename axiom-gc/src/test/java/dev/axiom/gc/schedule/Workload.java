package dev.axiom.gc.schedule;

import java.util.List;

/**
 * What is to happen: a setup that nobody disturbs, and what actors do at the same time after it.
 *
 * @param setup commands, see {@link Commands}; {@code put a1} first puts packages there
 * @param prelude an actor that runs alone and dies somewhere, or nothing
 * @param actors commands of each
 * @param grace the grace period in minutes that the checker insists on
 */
record Workload(String setup, String prelude, List<String> actors, int grace) {

    static Workload of(String setup, String... actors) {
        return new Workload(setup, "", List.of(actors), 0);
    }

    Workload after(String crashing) {
        return new Workload(setup, crashing, actors, grace);
    }

    Workload grace(int minutes) {
        return new Workload(setup, prelude, actors, minutes);
    }

    @Override
    public String toString() {
        return setup + (prelude.isEmpty() ? "" : " | " + prelude + " dies") + " | " + String.join(" || ", actors);
    }
}
