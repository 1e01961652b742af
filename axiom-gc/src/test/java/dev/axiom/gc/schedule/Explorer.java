package dev.axiom.gc.schedule;

import java.util.ArrayList;
import java.util.List;

/**
 * Tries every interleaving that can make a difference: dynamic partial-order reduction (Flanagan and Godefroid, POPL
 * 2005) with sleep sets (Godefroid, 1996). Each schedule is run from the start. After it, for each step the latest
 * earlier step is looked for that conflicts with it and is not ordered with it by anything between: there the other
 * order is tried too.
 */
final class Explorer implements Strategy {
    private final List<Node> path = new ArrayList<>();
    private int depth;
    private long schedules;
    private long cut;

    /** A moment at which a choice was made. */
    private static final class Node {
        private final int able;
        private final Step[] pending;
        private final int sleep;
        private int toTry;
        private int done;
        private int chosen;

        Node(int able, Step[] pending, int sleep) {
            this.able = able;
            this.pending = pending;
            this.sleep = sleep;
        }

        void choose(int actor) {
            chosen = actor;
            toTry |= 1 << actor;
            done |= 1 << actor;
        }
    }

    /** Starts the next schedule. */
    void begin() {
        depth = 0;
        schedules++;
    }

    @Override
    public int next(List<Actor> actors, int able) {
        if (depth == path.size()) {
            Node node = node(actors, able);
            int awake = able & ~node.sleep;
            if (awake == 0) {
                cut++;
                return NOBODY; // whatever can be done from here was done in another order
            }
            node.choose(preferred(awake));
            path.add(node);
        }
        Node node = path.get(depth++);
        if (node.able != able) {
            throw new IllegalStateException("the same choices led elsewhere: " + actors);
        }
        return node.chosen;
    }

    /** Who went on before goes on: fewer changes of threads. */
    private int preferred(int awake) {
        if (!path.isEmpty()) {
            int last = path.get(path.size() - 1).chosen;
            if ((awake & 1 << last) != 0) {
                return last;
            }
        }
        return Integer.numberOfTrailingZeros(awake);
    }

    private Node node(List<Actor> actors, int able) {
        Step[] pending = new Step[actors.size()];
        for (Actor actor : actors) {
            if (!actor.hasEnded()) {
                pending[actor.number] = actor.pending();
            }
        }
        return new Node(able, pending, path.isEmpty() ? 0 : sleep(path.get(path.size() - 1)));
    }

    /** Whoever could have gone before the last step, was tried there, and does not mind that step. */
    private static int sleep(Node last) {
        int sleep = 0;
        int candidates = (last.sleep | last.done) & ~(1 << last.chosen);
        for (int actor = 0; actor < last.pending.length; actor++) {
            if ((candidates & 1 << actor) != 0
                    && last.pending[actor] != null
                    && !last.pending[actor].conflicts(last.pending[last.chosen])) {
                sleep |= 1 << actor;
            }
        }
        return sleep;
    }

    /** Learns from the schedule that was run. Returns false if there is nothing left to try. */
    boolean hasMore() {
        findRaces();
        while (!path.isEmpty()) {
            Node last = path.get(path.size() - 1);
            int left = last.toTry & ~last.done & ~last.sleep & last.able;
            if (left != 0) {
                last.choose(Integer.numberOfTrailingZeros(left));
                return true;
            }
            path.remove(path.size() - 1);
        }
        return false;
    }

    private void findRaces() {
        int actors = path.isEmpty() ? 0 : path.get(0).pending.length;
        int length = path.size();
        int[][] clocks = new int[length][];
        int[][] ofActor = new int[actors][actors];
        int[] number = new int[length];
        for (int i = 0; i < length; i++) {
            int actor = path.get(i).chosen;
            Step step = path.get(i).pending[actor];
            findRaces(i, actor, step, ofActor[actor], number);
            int[] clock = ofActor[actor].clone();
            for (int j = 0; j < i; j++) {
                Node earlier = path.get(j);
                if (earlier.chosen != actor && step.conflicts(earlier.pending[earlier.chosen])) {
                    join(clock, clocks[j]);
                }
            }
            number[i] = ++clock[actor];
            clocks[i] = clock;
            ofActor[actor] = clock;
        }
        // Steps that were never taken race too, where a schedule was cut or somebody died.
        if (length > 0) {
            Node last = path.get(length - 1);
            for (int actor = 0; actor < actors; actor++) {
                if (actor != last.chosen && last.pending[actor] != null) {
                    findRaces(length, actor, last.pending[actor], ofActor[actor], number);
                }
            }
        }
    }

    private static void join(int[] clock, int[] other) {
        for (int i = 0; i < clock.length; i++) {
            clock[i] = Math.max(clock[i], other[i]);
        }
    }

    /** All steps since the actor's own last one that it races with, and the latest before. */
    private void findRaces(int at, int actor, Step step, int[] before, int[] number) {
        boolean past = false;
        for (int i = at - 1; i >= 0; i--) {
            Node earlier = path.get(i);
            past |= earlier.chosen == actor;
            Step other = earlier.pending[earlier.chosen];
            if (earlier.chosen != actor
                    && number[i] > before[earlier.chosen]
                    && step.mayMeet(other)
                    && step.conflicts(other)) {
                earlier.toTry |= (earlier.able & 1 << actor) != 0 ? 1 << actor : earlier.able;
                if (past) {
                    return;
                }
            }
        }
    }

    long schedules() {
        return schedules;
    }

    /** How many schedules were given up because others had covered them. */
    long cut() {
        return cut;
    }
}
