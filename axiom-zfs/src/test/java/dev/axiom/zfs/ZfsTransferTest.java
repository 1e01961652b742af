package dev.axiom.zfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.axiom.core.archive.UnpackOptions;
import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.PackageName;
import dev.axiom.core.pool.Lease;
import dev.axiom.core.pool.PartlyReceivedException;
import dev.axiom.core.pool.Pool;
import dev.axiom.core.store.AddRequest;
import dev.axiom.core.store.Added;
import dev.axiom.core.store.PackageAdder;
import dev.axiom.core.store.PackageFolder;
import dev.axiom.core.store.PackageStore;
import dev.axiom.core.store.PackageTransfer;
import dev.axiom.core.store.PackageVerifier;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** Packages that go from one pool to another by ZFS's own streams. */
@EnabledIfEnvironmentVariable(
        named = "AXIOM_TEST_DATASET",
        matches = ".+",
        disabledReason = "AXIOM_TEST_DATASET names no ZFS dataset to make pools in; ./check --zfs does")
class ZfsTransferTest {
    private static final AtomicInteger POOLS = new AtomicInteger();
    private static final int SIZE = 1 << 20; // bytes of content, which no compression makes less

    private final String root = System.getenv("AXIOM_TEST_DATASET") + "/transfer" + POOLS.incrementAndGet();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private Pool here;

    @SuppressWarnings("NullAway.Init")
    private Pool there;

    @BeforeEach
    void open() {
        here = ZfsPools.create(root + "-here");
        there = ZfsPools.create(root + "-there");
    }

    @AfterEach
    void close() {
        here.close();
        there.close();
    }

    private PackageId add(String name, String mode) throws IOException {
        Path tree = Files.createDirectories(folder.resolve(name));
        byte[] content = new byte[SIZE];
        new Random(name.hashCode()).nextBytes(content);
        Files.write(tree.resolve("content"), content);
        Files.createSymbolicLink(tree.resolve("link"), Path.of("content"));
        Files.setPosixFilePermissions(tree.resolve("content"), PosixFilePermissions.fromString(mode));
        AddRequest.Said said = new AddRequest.Said(
                Optional.of(new PackageName(name)),
                Optional.of("1.0"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        try (Lease lease = here.lease("add")) {
            return new PackageAdder("test")
                    .add(lease, new AddRequest(tree, UnpackOptions.DEFAULT, said))
                    .id();
        }
    }

    private byte[] send(PackageId id, Optional<String> rest) throws IOException {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        try (Lease lease = here.lease("send")) {
            PackageTransfer.of(here).send(lease, id, rest, stream);
        }
        return stream.toByteArray();
    }

    private Added receive(byte[] stream) {
        try (Lease lease = there.lease("receive")) {
            return PackageTransfer.of(there).receive(lease, new ByteArrayInputStream(stream), false);
        }
    }

    private void assertWhole(PackageId id) {
        PackageStore store = new PackageStore(there);
        try (Lease lease = there.lease("reader")) {
            PackageFolder received = new PackageFolder(store.open(lease, id));
            assertThat(PackageVerifier.verify(received, store.find(id).orElseThrow()))
                    .isEmpty();
            assertThat(received.root().resolve("link")).hasSameBinaryContentAs(folder.resolve(id.name() + "/content"));
        }
        assertThat(store.find(id).orElseThrow().dependencies())
                .isEqualTo(new PackageStore(here).find(id).orElseThrow().dependencies());
        there.recover();
        assertThat(there.parents(ZfsNames.STAGING)).isEmpty();
    }

    @Test
    void aPackageArrivesAsItWasSent() throws Exception {
        PackageId id = add("hello", "rwxr-xr-x");
        byte[] stream = send(id, Optional.empty());
        assertThat(receive(stream)).satisfies(added -> {
            assertThat(added.id()).isEqualTo(id);
            assertThat(added.isNew()).isTrue();
        });
        assertWhole(id);
        assertThat(receive(stream).isNew()).as("the second time").isFalse();
        assertWhole(id);
    }

    @Test
    void whatBrokeOffGoesOn() throws Exception {
        PackageId id = add("large", "r--r--r--");
        byte[] stream = send(id, Optional.empty());
        PartlyReceivedException broken = broken(Arrays.copyOf(stream, stream.length / 2));
        assertThat(broken).hasMessageContaining("of " + id + " only a part was received");
        assertThat(broken.hint()).contains("--rest " + broken.rest());
        there.recover();
        assertThat(there.parents(ZfsNames.STAGING))
                .as("recovery keeps the part")
                .hasSize(1);
        byte[] rest = send(id, Optional.of(broken.rest()));
        assertThat(rest.length).as("bytes of the rest").isLessThan(stream.length * 3 / 4);
        assertThat(receive(rest).isNew()).isTrue();
        assertWhole(id);
    }

    private PartlyReceivedException broken(byte[] stream) {
        PartlyReceivedException broken = catchThrowableOfType(PartlyReceivedException.class, () -> receive(stream));
        assertThat(broken).isNotNull();
        return broken;
    }

    @Test
    void aWholeStreamStartsAnew() throws Exception {
        PackageId id = add("again", "r--r--r--");
        byte[] stream = send(id, Optional.empty());
        broken(Arrays.copyOf(stream, stream.length / 2));
        assertThat(receive(stream).isNew()).isTrue();
        assertWhole(id);
    }

    @Test
    void whatNobodyGoesOnWithIsGoneAfterADay() throws Exception {
        byte[] stream = send(add("old", "r--r--r--"), Optional.empty());
        broken(Arrays.copyOf(stream, stream.length / 2));
        ZfsTransfer transfer = new ZfsTransfer((ZfsPool) there);
        Instant now = Instant.now();
        for (var part : there.parents(ZfsNames.STAGING)) {
            assertThat(ThreadSafeZfs.instance()
                            .read(root + "-there/" + part, ThreadSafeZfs.FILESYSTEM)
                            .orElseThrow()
                            .own())
                    .as("when it broke off")
                    .containsKey(ZfsNames.BROKEN_OFF);
            transfer.discardIfOld(part, now.plus(Duration.ofHours(23)));
            assertThat(there.parents(ZfsNames.STAGING)).containsExactly(part);
            transfer.discardIfOld(part, now.plus(Duration.ofHours(25)));
        }
        assertThat(there.parents(ZfsNames.STAGING)).isEmpty();
    }

    @Test
    void whatIsNoRestIsRefused() throws Exception {
        PackageId id = add("one", "r--r--r--");
        byte[] stream = send(id, Optional.empty());
        String rest = broken(Arrays.copyOf(stream, stream.length / 2)).rest();
        PackageId other = add("two", "r--r--r--");
        assertInvalid(() -> send(other, Optional.of(rest)), "of another stream");
        assertInvalid(() -> send(id, Optional.of("1-2-3")), "does not name the rest");
        byte[] second = send(id, Optional.of(rest));
        receive(second);
        assertInvalid(() -> receive(second), "whose beginning is not here");
        assertWhole(id);
    }

    @Test
    void whatIsNoStreamLeavesNothing() throws Exception {
        byte[] stream = send(add("three", "r--r--r--"), Optional.empty());
        assertInvalid(() -> receive(new byte[0]), "it is empty");
        assertInvalid(() -> receive(new byte[9999]), "it has no label");
        byte[] nonsense = Arrays.copyOf(stream, 8000);
        Arrays.fill(nonsense, 300, nonsense.length, (byte) 7);
        assertThatExceptionOfType(AxiomException.class).isThrownBy(() -> receive(nonsense));
        assertThat(there.parents(ZfsNames.STAGING)).isEmpty();
        assertThat(there.list(ZfsNames.STORE)).isEmpty();
    }

    /** Not the rest, but all is to be sent again. */
    @Test
    void aDamagedStreamIsRefusedAndLeavesNothing() throws Exception {
        byte[] stream = send(add("damaged", "r--r--r--"), Optional.empty());
        stream[stream.length * 3 / 4] ^= 1;
        assertInvalid(() -> receive(stream), "damaged");
        assertThat(there.parents(ZfsNames.STAGING)).isEmpty();
        assertThat(there.list(ZfsNames.STORE)).isEmpty();
    }

    /** The label says another package than the stream brings. */
    @Test
    void whatIsAnotherPackageIsRefused() throws Exception {
        byte[] first = send(add("four", "r--r--r--"), Optional.empty());
        byte[] second = send(add("five", "r--r--r--"), Optional.empty());
        int label = labelLength(first);
        int other = labelLength(second);
        byte[] mixed = new byte[label + second.length - other];
        System.arraycopy(first, 0, mixed, 0, label);
        System.arraycopy(second, other, mixed, label, second.length - other);
        assertInvalid(() -> receive(mixed), "what was received is not four@1.0");
        assertThat(there.parents(ZfsNames.STAGING)).isEmpty();
        assertThat(there.list(ZfsNames.STORE)).isEmpty();
    }

    private static int labelLength(byte[] stream) {
        String text = new String(stream, 0, 1000, StandardCharsets.ISO_8859_1);
        return text.indexOf('\n', text.indexOf("# end ")) + 1;
    }

    @Test
    void aReaderThatGoesAwayEndsTheSending() throws Exception {
        PackageId id = add("six", "r--r--r--");
        try (Lease lease = here.lease("send")) {
            OutputStream closed = new OutputStream() {
                private int left = 100_000;

                @Override
                public void write(int b) throws IOException {
                    throw new IOException("one byte at a time is not how it is done");
                }

                @Override
                public void write(byte[] bytes, int from, int length) throws IOException {
                    left -= length;
                    if (left < 0) {
                        throw new IOException("the reader went away");
                    }
                }
            };
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> PackageTransfer.of(here).send(lease, id, Optional.empty(), closed))
                    .withMessage("the reader went away");
        }
    }

    private interface Work {
        void run() throws Exception;
    }

    private static void assertInvalid(Work work, String message) {
        AxiomException failure = catchThrowableOfType(AxiomException.class, work::run);
        assertThat(failure).hasMessageContaining(message);
        assertThat(failure.code()).isEqualTo(ErrorCode.INVALID);
    }
}
