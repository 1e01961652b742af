package dev.axiom.core.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.axiom.core.archive.TreeEntry;
import dev.axiom.core.archive.TreeListing;
import dev.axiom.core.model.EnvStrategy;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.testing.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class MergePlanTest {
    private static MergePlan link(Contribution... packages) {
        return MergePlan.of(List.of(packages), EnvStrategy.LINK, ConflictPolicy.ERROR);
    }

    private static MergePlan copy(ConflictPolicy policy, Contribution... packages) {
        return MergePlan.of(List.of(packages), EnvStrategy.COPY, policy);
    }

    /** One line a step: {@code LINK_TO_PACKAGE bin (a)}. */
    private static List<String> lines(MergePlan plan) {
        return plan.steps().stream()
                .map(step ->
                        step.action() + " " + step.path() + " (" + step.owner().name() + ")")
                .toList();
    }

    @Test
    void foldsAFolderThatOnePackageOwnsIntoOneLink() {
        MergePlan plan = link(
                new Tree()
                        .file("bin/a", "a")
                        .file("lib/a/deep/er/x", "x")
                        .file("lib/a/deep/y", "y")
                        .of("a@1"),
                new Tree().file("lib/b/z", "z").of("b@1"));
        assertThat(lines(plan))
                .containsExactly(
                        "LINK_TO_PACKAGE bin (a)",
                        "FOLDER lib (a)",
                        "LINK_TO_PACKAGE lib/a (a)",
                        "LINK_TO_PACKAGE lib/b (b)");
        assertThat(plan.conflicts()).isEmpty();
    }

    @Test
    void keepsFilesOfOneBaseNameInDifferentFoldersApart() {
        Tree[] trees = {new Tree(), new Tree(), new Tree()};
        for (int i = 0; i < trees.length; i++) {
            for (String folder : List.of("doc", "etc", "share")) {
                trees[i].file(folder + "/p" + i + "/README", "of " + i);
            }
        }
        MergePlan plan = copy(ConflictPolicy.ERROR, trees[0].of("a@1"), trees[1].of("b@1"), trees[2].of("c@1"));
        assertThat(plan.conflicts()).isEmpty();
        assertThat(plan.steps().stream().filter(step -> step.action() == MergeStep.Action.COPY))
                .hasSize(9);
    }

    @Test
    void namesPathAndBothOwnersOfAConflict() {
        Contribution a = new Tree().file("bin/tool", "one").of("a@1");
        Contribution b = new Tree().file("bin/tool", "two").of("b@2");
        assertThat(link(b, a).conflicts())
                .extracting(Conflict::toString)
                .containsExactly("bin/tool: file of " + a.id() + ", file of " + b.id());
    }

    @Test
    void letsTwoPackagesHaveTheSameFile() {
        Contribution a = new Tree().file("LICENSE", "text").link("l", "LICENSE").of("a@1");
        Contribution b = new Tree().file("LICENSE", "text").link("l", "LICENSE").of("b@1");
        assertThat(link(a, b).conflicts()).isEmpty();
        assertThat(lines(link(a, b))).containsExactly("LINK_TO_PACKAGE LICENSE (a)", "SAME_LINK l (a)");
    }

    @Test
    void countsAnotherModeAsAnotherFile() {
        Contribution a = new Tree().file("x", "text", 0644).of("a@1");
        Contribution b = new Tree().file("x", "text", 0755).of("b@1");
        assertThat(link(a, b).conflicts()).hasSize(1);
    }

    @Test
    void findsConflictsOfFilesFoldersAndLinks() {
        Contribution file = new Tree().file("x", "file").of("a@1");
        Contribution folder = new Tree().file("x/y", "in a folder").of("b@1");
        Contribution symlink = new Tree().link("x", "elsewhere").of("c@1");
        assertThat(link(file, folder).conflicts()).hasSize(1);
        assertThat(link(folder, symlink).conflicts()).hasSize(1);
        assertThat(link(file, symlink).conflicts()).hasSize(1);
        Conflict all = link(file, folder, symlink).conflicts().get(0);
        assertThat(all.path()).isEqualTo("x");
        assertThat(all.owners())
                .extracting(Conflict.Owner::type)
                .containsExactly(TreeEntry.Type.FILE, TreeEntry.Type.FOLDER, TreeEntry.Type.LINK);
    }

    @Test
    void letsTheFirstOrTheLastByNameWinWhateverTheOrderGiven() {
        Contribution a = new Tree().file("x", "a").of("a@1");
        Contribution b = new Tree().file("x", "b").of("b@1");
        Contribution c = new Tree().file("x", "c").of("c@1");
        assertThat(lines(copy(ConflictPolicy.FIRST, c, a, b))).containsExactly("COPY x (a)");
        assertThat(lines(copy(ConflictPolicy.LAST, c, a, b))).containsExactly("COPY x (c)");
        assertThat(copy(ConflictPolicy.LAST, c, a, b).conflicts()).hasSize(1);
    }

    /** Only where they disagree, and the policy is not asked. */
    @Test
    void aPackageGivesWayToOneThatReplacesIt() {
        Contribution old = new Tree().file("x", "old").file("y", "old").of("a@1");
        Contribution replacer = new Tree().file("x", "new").of("b@1", "a@<2");
        assertThat(lines(link(old, replacer))).containsExactly("LINK_TO_PACKAGE x (b)", "LINK_TO_PACKAGE y (a)");
        assertThat(lines(copy(ConflictPolicy.FIRST, old, replacer))).containsExactly("COPY x (b)", "COPY y (a)");
        assertThat(link(replacer, old).conflicts()).isEmpty();
        Contribution symlink = new Tree().link("x", "y").of("c@1", "a", "b");
        assertThat(lines(link(old, replacer, symlink))).containsExactly("SAME_LINK x (c)", "LINK_TO_PACKAGE y (a)");
    }

    @Test
    void anotherVersionThanIsReplacedDoesNotGiveWay() {
        Contribution newer = new Tree().file("x", "a").of("a@2");
        Contribution replacer = new Tree().file("x", "b").of("b@1", "a@<2");
        assertThat(link(newer, replacer).conflicts()).hasSize(1);
    }

    @Test
    void thoseThatReplaceEachOtherAreInConflict() {
        Contribution a = new Tree().file("x", "a").of("a@1", "b");
        Contribution b = new Tree().file("x", "b").of("b@1", "a");
        assertThat(link(a, b).conflicts()).hasSize(1);
        assertThat(lines(copy(ConflictPolicy.LAST, a, b))).containsExactly("COPY x (b)");
        Contribution one = new Tree().file("x", "a").of("a@1", "b");
        Contribution two = new Tree().file("x", "b").of("b@1", "c");
        Contribution three = new Tree().file("x", "c").of("c@1", "a");
        assertThat(link(one, two, three).conflicts().get(0).owners()).hasSize(3);
        // In a row the first wins, though it does not speak of the last.
        assertThat(lines(link(one, two, new Tree().file("x", "c").of("c@1")))).containsExactly("LINK_TO_PACKAGE x (a)");
    }

    /** A file instead of a folder would hide files that nobody spoke of. */
    @Test
    void foldersAreNotReplaced() {
        Contribution folder = new Tree().file("x/y", "in a folder").of("a@1");
        Contribution file = new Tree().file("x", "file").of("b@1", "a");
        assertThat(link(folder, file).conflicts()).hasSize(1);
    }

    /** A third that nobody replaces is still one too many. */
    @Test
    void whoIsNotReplacedDisagreesStill() {
        Contribution a = new Tree().file("x", "a").of("a@1");
        Contribution b = new Tree().file("x", "b").of("b@1", "a");
        Contribution c = new Tree().file("x", "c").of("c@1");
        Conflict conflict = link(a, b, c).conflicts().get(0);
        assertThat(conflict.owners()).extracting(Conflict.Owner::id).containsExactly(b.id(), c.id());
    }

    @Test
    void leavesOutWhatALoserHasBelowThePath() {
        Contribution file = new Tree().file("x", "file").of("a@1");
        Contribution one = new Tree().file("x/one", "1").of("b@1");
        Contribution two = new Tree().file("x/two", "2").of("c@1");
        assertThat(lines(copy(ConflictPolicy.FIRST, file, one, two))).containsExactly("COPY x (a)");
        assertThat(lines(copy(ConflictPolicy.LAST, file, one, two)))
                .containsExactly("FOLDER x (b)", "COPY x/one (b)", "COPY x/two (c)");
    }

    @Test
    void keepsEmptyFolders() {
        Contribution a = new Tree().folder("var/empty").of("a@1");
        Contribution b = new Tree().folder("var/empty").of("b@1");
        assertThat(lines(link(a, b))).containsExactly("FOLDER var (a)", "FOLDER var/empty (a)");
        assertThat(lines(link(a))).containsExactly("LINK_TO_PACKAGE var (a)");
    }

    @Test
    void givesAMergedFolderOnlyTheRightsThatAllItsPackagesGive() {
        Contribution a = new Tree().folder("d", 0755).of("a@1");
        Contribution b = new Tree().folder("d", 0700).of("b@1");
        assertThat(link(a, b).steps().get(0).entry().mode()).isEqualTo(0700);
    }

    @Test
    void makesALinkOfAPackageAgain() {
        Contribution a = new Tree().folder("lib").link("lib64", "lib").of("a@1");
        Contribution b = new Tree().file("lib/b.so", "b").of("b@1");
        assertThat(lines(link(a, b)))
                .containsExactly("FOLDER lib (a)", "LINK_TO_PACKAGE lib/b.so (b)", "SAME_LINK lib64 (a)");
    }

    @Test
    void understandsListingsThatDoNotNameTheirFolders() {
        TreeListing bare = TreeListing.of(List.of(TreeEntry.file("a/b/c", 0644, 0, "0".repeat(64))));
        Contribution a = new Contribution(PackageId.parse("a@1_1+0123456789abcdef"), bare);
        assertThat(lines(copy(ConflictPolicy.ERROR, a)))
                .containsExactly("FOLDER a (a)", "FOLDER a/b (a)", "COPY a/b/c (a)");
    }

    @Test
    void mergesTenThousandEntriesAtOnce() {
        List<Contribution> packages = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Tree tree = new Tree();
            for (int j = 0; j < 100; j++) {
                tree.file("share/common/" + j % 10 + "/p" + i + "-" + j, "x");
            }
            packages.add(tree.of("p" + i + "@1"));
        }
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            MergePlan plan = MergePlan.of(packages, EnvStrategy.LINK, ConflictPolicy.ERROR);
            assertThat(plan.steps()).hasSize(10_012);
        });
    }

    /** Against a plain model: a map from path to the entry of the package that comes first. */
    @Test
    void agreesWithASimplerMergeOnRandomTrees() {
        Random random = Seeds.random();
        for (int round = 0; round < 200; round++) {
            List<Contribution> packages = new ArrayList<>();
            for (String name : List.of("a@1", "b@1", "c@1", "d@1")) {
                packages.add(randomTree(random).of(name));
            }
            Map<String, String> model = new TreeMap<>();
            packages.forEach(each -> model(model, each));
            Collections.shuffle(packages, random);
            MergePlan plan = MergePlan.of(packages, EnvStrategy.COPY, ConflictPolicy.FIRST);
            Map<String, String> made = new TreeMap<>();
            plan.steps().forEach(step -> made.put(step.path(), word(step.entry())));
            assertThat(made).isEqualTo(model);
            assertThat(expand(MergePlan.of(packages, EnvStrategy.LINK, ConflictPolicy.FIRST), packages))
                    .isEqualTo(model);
        }
    }

    private static Tree randomTree(Random random) {
        Tree tree = new Tree();
        Map<String, Boolean> isFile = new HashMap<>();
        for (int i = 0; i < 12; i++) {
            String path = "";
            int depth = 1 + random.nextInt(3);
            boolean blocked = false;
            for (int level = 0; level < depth && !blocked; level++) {
                path += (level == 0 ? "" : "/") + (char) ('p' + random.nextInt(3));
                blocked = isFile.getOrDefault(path, false);
            }
            if (!blocked && !isFile.containsKey(path)) {
                boolean file = random.nextBoolean();
                isFile.put(path, file);
                for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
                    isFile.put(path.substring(0, slash), false);
                }
                if (file) {
                    tree.file(path, "content " + random.nextInt(2));
                } else {
                    tree.folder(path);
                }
            }
        }
        return tree;
    }

    private static void model(Map<String, String> model, Contribution each) {
        List<String> lost = new ArrayList<>();
        for (TreeEntry entry : each.listing().entries()) {
            if (lost.stream().anyMatch(path -> entry.path().startsWith(path + "/"))) {
                continue;
            }
            String before = model.putIfAbsent(entry.path(), word(entry));
            if (before != null && !before.equals(word(entry)) && !before.equals("FOLDER")) {
                lost.add(entry.path());
            } else if (before != null && before.equals("FOLDER") && entry.type() != TreeEntry.Type.FOLDER) {
                lost.add(entry.path());
            }
        }
    }

    private static String word(TreeEntry entry) {
        return entry.type() == TreeEntry.Type.FOLDER ? "FOLDER" : entry.sha256();
    }

    /** What is seen through the links. */
    private static Map<String, String> expand(MergePlan plan, List<Contribution> packages) {
        Map<String, String> seen = new TreeMap<>();
        for (MergeStep step : plan.steps()) {
            seen.put(step.path(), word(step.entry()));
            packages.stream()
                    .filter(each -> each.id().equals(step.owner()) && step.action() == MergeStep.Action.LINK_TO_PACKAGE)
                    .flatMap(each -> each.listing().entries().stream())
                    .filter(entry -> entry.path().startsWith(step.path() + "/"))
                    .forEach(entry -> seen.put(entry.path(), word(entry)));
        }
        return seen;
    }
}
