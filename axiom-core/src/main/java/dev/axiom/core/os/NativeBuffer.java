package dev.axiom.core.os;

import com.kenai.jffi.MemoryIO;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Memory outside the heap with a fixed address, freed with the buffer. Its position and limit mean nothing here; all
 * access is by index. Not safe for several threads at once.
 */
public final class NativeBuffer {
    private final ByteBuffer memory;
    private final long address;

    /** @param size in bytes */
    public NativeBuffer(int size) {
        memory = ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
        address = MemoryIO.getInstance().getDirectBufferAddress(memory);
    }

    /** In bytes. */
    public int size() {
        return memory.capacity();
    }

    /** Copies bytes out, from the buffer's start. */
    public void get(byte[] target, int length) {
        memory.get(0, target, 0, length);
    }

    /** Copies bytes in, to the buffer's start. */
    public void put(byte[] source, int length) {
        memory.put(0, source, 0, length);
    }

    long address() {
        return address;
    }

    ByteBuffer memory() {
        return memory;
    }
}
