package dev.axiom.core.os;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;

/**
 * A pipe between Java and a C function that wants a descriptor (pipe2(2), close-on-exec). Each side has its end: one is a
 * Java stream of its own, the other the descriptor, and whoever is done closes theirs, so that the other side notices.
 */
public final class Pipe implements AutoCloseable {
    private static final SystemCall PIPE = SystemCall.pipe();
    private static final int CLOSE_ON_EXEC = 02000000;
    private static final int NONE = -1;

    private int reading;
    private int writing;

    private Pipe(int reading, int writing) {
        this.reading = reading;
        this.writing = writing;
    }

    /** Makes a pipe. @throws PosixException if the system refuses */
    public static Pipe open() throws PosixException {
        NativeBuffer ends = new NativeBuffer(2 * Integer.BYTES);
        try {
            long result = PIPE.call(ends.address(), CLOSE_ON_EXEC);
            if (result < 0) {
                throw new PosixException("make", "a pipe", (int) -result);
            }
            ByteBuffer memory = ends.memory();
            return new Pipe(memory.getInt(0), memory.getInt(Integer.BYTES));
        } finally {
            Reference.reachabilityFence(ends); // its memory is C's until here
        }
    }

    /** The descriptor to read from; good until {@link #closeReading}. */
    public int reading() {
        return reading;
    }

    /** The descriptor to write to; good until {@link #closeWriting}. */
    public int writing() {
        return writing;
    }

    /** Turns the reading end into a stream; the descriptor is closed then. To be called once. */
    public InputStream input() throws IOException {
        InputStream in = new FileInputStream("/dev/fd/" + reading);
        closeReading();
        return in;
    }

    /** Turns the writing end into a stream; the descriptor is closed then. To be called once. */
    public OutputStream output() throws IOException {
        OutputStream out = new FileOutputStream("/dev/fd/" + writing);
        closeWriting();
        return out;
    }

    /** Who writes gets EPIPE from now on. A second time does nothing. */
    public synchronized void closeReading() {
        if (reading != NONE) {
            Posix.close(reading);
            reading = NONE;
        }
    }

    /** Who reads comes to the end. A second time does nothing. */
    public synchronized void closeWriting() {
        if (writing != NONE) {
            Posix.close(writing);
            writing = NONE;
        }
    }

    /** Closes the ends that are still descriptors. */
    @Override
    public void close() {
        closeReading();
        closeWriting();
    }
}
