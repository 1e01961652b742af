package dev.axiom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiom.core.model.PackageId;
import dev.axiom.core.pool.DirectoryPool;
import dev.axiom.core.pool.HoldTag;
import dev.axiom.core.pool.Lease;
import dev.axiom.core.store.PackageStore;
import dev.axiom.core.store.StoreLayout;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackageRemoveTest {
    private final Sandbox box;

    PackageRemoveTest(@TempDir Path folder) {
        this.box = new Sandbox(folder);
    }

    @Test
    void whatNothingUsesGoes() throws Exception {
        box.out("package", "add", box.tree("a-1"), box.tree("b-1"), box.tree("c-1"));
        String b = box.id("b");
        assertThat(box.out("package", "remove", "a")).matches("removed a@1_1\\+[0-9a-f]{16} \\([0-9]+ B\\)\n");
        assertThat(box.out("package", "remove", "b", b, "--json"))
                .matches("\\[\\{\"id\":\"b@1_1\\+([0-9a-f]{16})\",\"name\":\"b\",\"version\":\"1\",\"revision\":1,"
                        + "\"buildId\":\"\\1\",\"bytesFreed\":[0-9]+}]\n");
        assertThat(box.axiom("package", "remove", "c", "--quiet")).isEqualTo(new CliRun(0, "", ""));
        assertThat(box.out("package", "list")).isEmpty();
        box.assertNothingIsLeftBehind();
    }

    @Test
    void aNameThatIsWrongKeepsAll() throws Exception {
        box.out("package", "add", box.tree("a-1"), box.tree("b-1"));
        assertThat(box.refusal(3, "package", "remove", "a", "nothing")).contains("'nothing'");
        assertThat(box.out("package", "list")).contains("a@1_1", "b@1_1");
    }

    @Test
    void whatIsInUseStaysAndTheUsersAreNamed() throws Exception {
        box.out("package", "add", box.tree("a-1"), box.tree("b-1"));
        PackageId id = PackageId.parse(box.id("a"));
        try (DirectoryPool pool = DirectoryPool.open(box.pool())) {
            pool.hold(new HoldTag("profile:dev:3"), List.of(StoreLayout.packageDataset(id)));
            pool.hold(new HoldTag("pin:base"), List.of(StoreLayout.packageDataset(id)));
            try (Lease lease = pool.lease("axiom env run dev")) {
                new PackageStore(pool).protect(lease, List.of(id));
                CliRun run = box.axiom("package", "remove", "a", "b");
                assertThat(run.code()).isEqualTo(7);
                assertThat(run.out()).startsWith("removed b@1_1+");
                assertThat(run.err())
                        .startsWith("axiom: cannot remove " + id + ": it is in use by axiom env run dev (pid "
                                + ProcessHandle.current().pid() + ", since ")
                        .contains(", pin base, profile dev generation 3\nhint: ")
                        .contains("axiom why " + id);
            }
        }
        assertThat(box.refusal(7, "package", "remove", "a", "--json"))
                .startsWith("{\"error\":{\"code\":\"busy\",\"message\":\"cannot remove " + id
                        + ": it is in use by pin base, ");
        assertThat(box.out("package", "show", "a"))
                .endsWith("In use by:   pin base\n             profile dev generation 3\n");
        assertThat(box.out("package", "show", "a", "--json"))
                .contains("\"holders\":[\"pin base\",\"profile dev generation 3\"],");
    }
}
