package dev.axiom.gc.schedule;

import dev.axiom.gc.schedule.Actor.CrashPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A workload by chance, with crashes by chance; the same seed gives the same. */
final class RandomWorkload {
    private static final String[] SETUPS = {
        "put a1 b1",
        "put a1 b1; pin p a1; pin q b1",
        "put a1 a2; pin p a1; create dev; want dev a",
        "put a1 b1; pin p a1; create dev; want dev a; resolve dev",
        "put a1 b1; create dev; want dev a; resolve dev; realize e dev",
        "put a1 a2 b1; pin p a1; create dev; want dev a; resolve dev; realize e dev; want dev b; resolve dev; realize"
                + " e dev",
    };
    private static final String[] COMMANDS = {
        "add a1",
        "add b1",
        "keep r a1",
        "keep s b1",
        "pin p a1",
        "pin p b1",
        "pin s a1",
        "unpin p",
        "unpin q",
        "use a1",
        "use b1",
        "drop a1",
        "drop b1",
        "create dev",
        "want dev a",
        "want dev b",
        "unwant dev a",
        "resolve dev",
        "resolve dev",
        "history dev",
        "delete dev",
        "back dev",
        "realize e dev",
        "again e dev",
        "run e",
        "run e 1",
        "show e",
        "envback e",
        "envremove e",
        "gc 0",
        "gc 0",
        "gc 0 1",
        "gc 0 1",
        "gc 60; wait 90; gc 60",
        "start"
    };
    private static final String[] PRELUDES = {
        "pin p a1",
        "keep r a1",
        "unpin p",
        "resolve dev",
        "realize e dev",
        "again e dev",
        "envremove e",
        "gc 0 1",
        "want dev b",
        "delete dev"
    };
    private static final int LONGEST = 70;

    private RandomWorkload() {}

    static Workload of(Random random) {
        int count = 2 + random.nextInt(3);
        List<String> actors = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String command = any(random, COMMANDS);
            boolean first = !command.startsWith("gc") && random.nextInt(4) == 0;
            String all = first ? "start; " + command : command;
            actors.add(random.nextInt(4) == 0 && !command.startsWith("gc") ? all + "; " + any(random, COMMANDS) : all);
        }
        if (actors.stream().noneMatch(commands -> commands.startsWith("gc"))) {
            actors.set(0, "gc 0 1");
        }
        String prelude = random.nextInt(3) == 0 ? any(random, PRELUDES) : "";
        return new Workload(any(random, SETUPS), prelude, actors, 0);
    }

    static Schedule.Crashes crashes(Random random, Workload workload) {
        CrashPoint prelude = workload.prelude().isEmpty() ? CrashPoint.NEVER : point(random);
        if (random.nextInt(4) == 0) {
            return new Schedule.Crashes(prelude, -1, CrashPoint.NEVER, random.nextInt(2 * LONGEST));
        }
        return random.nextInt(3) == 0
                ? new Schedule.Crashes(prelude, -1, CrashPoint.NEVER)
                : new Schedule.Crashes(prelude, random.nextInt(workload.actors().size()), point(random));
    }

    private static CrashPoint point(Random random) {
        return new CrashPoint(random.nextInt(LONGEST), random.nextBoolean());
    }

    private static String any(Random random, String[] choices) {
        return choices[random.nextInt(choices.length)];
    }
}
