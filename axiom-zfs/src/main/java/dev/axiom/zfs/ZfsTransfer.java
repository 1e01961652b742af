package dev.axiom.zfs;

import dev.axiom.core.lock.FileLock;
import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.os.Pipe;
import dev.axiom.core.pool.DatasetName;
import dev.axiom.core.pool.Lease;
import dev.axiom.core.pool.PartlyReceivedException;
import dev.axiom.core.pool.Staging;
import dev.axiom.core.pool.Transfer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * ZFS's own streams (zfs-send(8)). A stream is received into {@code staging/receive-<key>}, which belongs to no lease, so that
 * a part of it outlives the process; when it is whole it becomes a staging of the lease as any other. ZFS reads and writes
 * descriptors and comes back only at the stream's end, so that there is a pipe and a thread for the other side of it.
 */
final class ZfsTransfer implements Transfer {
    private static final String PART = "receive-";
    private static final Duration KEPT = Duration.ofDays(1);

    private final ZfsPool pool;

    ZfsTransfer(ZfsPool pool) {
        this.pool = pool;
    }

    @Override
    public void send(Lease lease, DatasetName name, Optional<String> rest, OutputStream out) throws IOException {
        String snapshot = pool.names().sealed(name);
        Optional<Place> from = rest.map(token -> place(snapshot, token));
        try (Pipe pipe = Pipe.open()) {
            Side sender = Side.start("axiom send", () -> {
                try {
                    send(snapshot, from, pipe.writing());
                } finally {
                    pipe.closeWriting();
                }
            });
            try (InputStream in = pipe.input()) {
                in.transferTo(out);
            } finally {
                pipe.closeReading(); // else a failure here would leave the sender waiting
                sender.await();
            }
            sender.check();
        }
    }

    /** Where a receiver stopped. */
    private record Place(long object, long offset) {}

    private void send(String snapshot, Optional<Place> from, int fd) {
        if (from.isPresent()) {
            pool.core().send(snapshot, fd, from.get().object(), from.get().offset());
        } else {
            pool.core().send(snapshot, fd);
        }
    }

    private Place place(String snapshot, String token) {
        Map<String, Object> said = pool.zfs().resumeToken(token).orElse(Map.of());
        Map<String, Object> own =
                pool.zfs().properties(snapshot, ThreadSafeZfs.SNAPSHOT).orElse(Map.of());
        if (said.get("object") instanceof Long object && said.get("offset") instanceof Long offset) {
            if (!said.getOrDefault("toguid", "").equals(own.get("guid"))) {
                throw new AxiomException(
                        ErrorCode.INVALID,
                        "the rest that is asked for is of another stream, '" + said.get("toname") + "', not of "
                                + snapshot,
                        "send the whole package",
                        null);
            }
            return new Place(object, offset);
        }
        throw new AxiomException(
                ErrorCode.INVALID,
                "'" + token + "' does not name the rest of a stream",
                "take it from what axiom package receive said, or send the whole package",
                null);
    }

    @Override
    public Staging receive(Lease lease, String key, boolean isRest, InputStream in) {
        DatasetName part = ZfsNames.STAGING.child(PART + key);
        try (FileLock alone = lock(part)) {
            if (isRest && token(part).isEmpty()) {
                throw new AxiomException(
                        ErrorCode.INVALID,
                        "this is the rest of a stream whose beginning is not here (any more)",
                        "send the whole package",
                        null);
            }
            if (!isRest) {
                pool.discard(part);
            }
            fill(part, in);
            return ((ZfsLease) lease).adopt(part);
        }
    }

    private void fill(DatasetName part, InputStream in) {
        try (Pipe pipe = Pipe.open()) {
            OutputStream out = pipe.output();
            Side reader = Side.start("axiom receive", () -> {
                try (out) {
                    in.transferTo(out);
                }
            });
            try {
                pool.core().receive(pool.names().sealed(part), pipe.reading());
            } catch (ZfsException e) {
                throw brokenOff(part, e, reader);
            }
        } catch (IOException e) {
            throw AxiomException.io("receive into " + pool.location(), e);
        }
    }

    /** Of a damaged stream nothing is kept: nobody knows how much of it was right. */
    private AxiomException brokenOff(DatasetName part, ZfsException failure, Side reader) {
        if (reader.failure() == null && failure.code() == ErrorCode.INVALID) {
            pool.discard(part);
        }
        Optional<String> token = token(part);
        if (token.isPresent()) {
            Throwable cause = reader.failure() == null ? failure : reader.failure();
            noteBreak(part, cause);
            return new PartlyReceivedException("the stream broke off: " + cause.getMessage(), token.get(), cause);
        }
        return new AxiomException(
                failure.code(), "the stream cannot be received: " + failure.getMessage(), failure.hint(), failure);
    }

    /** A day is counted from here; without it, from the first byte. */
    private void noteBreak(DatasetName part, Throwable cause) {
        try {
            pool.zfs()
                    .set(
                            pool.names().filesystem(part),
                            ThreadSafeZfs.FILESYSTEM,
                            ZfsNames.BROKEN_OFF,
                            Instant.now().toString());
        } catch (AxiomException unnoted) {
            cause.addSuppressed(unnoted);
        }
    }

    /** What names the rest of a stream; empty if nothing is there, or all. */
    private Optional<String> token(DatasetName part) {
        return pool.zfs()
                .properties(pool.names().filesystem(part), ThreadSafeZfs.FILESYSTEM)
                .map(properties -> properties.get("receive_resume_token"))
                .map(String::valueOf);
    }

    private FileLock lock(DatasetName part) {
        String leaf = part.value().substring(ZfsNames.STAGING.value().length() + 1);
        return pool.mounts().lock(leaf, "what is received of " + leaf.substring(PART.length()), Duration.ZERO);
    }

    /** Whether this is what a stream has filled so far. */
    static boolean isPart(DatasetName name) {
        return name.value().startsWith(ZfsNames.STAGING + "/" + PART);
    }

    /** Destroys what nobody went on with for a day. @throws AxiomException {@code BUSY} if somebody is at it */
    void discardIfOld(DatasetName part, Instant now) {
        try (FileLock alone = lock(part)) {
            if (lastUsed(part).map(used -> used.plus(KEPT).isBefore(now)).orElse(false)) {
                pool.discard(part);
            }
        }
    }

    /** When its stream last broke off; if that is not known, when it began. */
    private Optional<Instant> lastUsed(DatasetName part) {
        String filesystem = pool.names().filesystem(part);
        Optional<Instant> broken = pool.zfs()
                .read(filesystem, ThreadSafeZfs.FILESYSTEM)
                .flatMap(facts -> ZfsMarks.time(filesystem, ZfsNames.BROKEN_OFF, facts.own()));
        return broken.or(() -> pool.zfs()
                .properties(filesystem, ThreadSafeZfs.FILESYSTEM)
                .map(properties -> properties.get("creation"))
                .filter(Long.class::isInstance)
                .map(created -> Instant.ofEpochSecond((Long) created)));
    }

    /** The thread at the other side of a pipe. */
    private static final class Side {
        private final Thread thread;
        private volatile @Nullable Throwable failure;

        private interface Work {
            void run() throws IOException;
        }

        private Side(String name, Work work) {
            thread = new Thread(() -> run(work), name);
            thread.setDaemon(true); // it may wait for a standard input that never ends
        }

        static Side start(String name, Work work) {
            Side side = new Side(name, work);
            side.thread.start();
            return side;
        }

        private void run(Work work) {
            try {
                work.run();
            } catch (IOException | RuntimeException e) {
                failure = e;
            }
        }

        @Nullable
        Throwable failure() {
            return failure;
        }

        void await() {
            boolean interrupted = false;
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        void check() throws IOException {
            if (failure instanceof RuntimeException known) {
                throw known;
            }
            if (failure instanceof IOException known) {
                throw known;
            }
        }
    }
}
