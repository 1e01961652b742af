package dev.axiom.core.resolve;

import java.util.Arrays;
import java.util.BitSet;

/**
 * An immutable set of things that can become of one package name: that nothing of the name is chosen (bit 0), or that
 * its candidate {@code i} is (bit {@code i + 1}). Only sets of one name are ever combined.
 */
final class Domain {
    private static final int ABSENT = 0;

    private final long[] words;

    private Domain(long[] words) {
        this.words = words;
    }

    /** Everything that can become of a name with so many candidates. */
    static Domain all(int candidates) {
        BitSet bits = new BitSet();
        bits.set(ABSENT, candidates + 1);
        return of(bits, candidates);
    }

    static Domain absent(int candidates) {
        BitSet bits = new BitSet();
        bits.set(ABSENT);
        return of(bits, candidates);
    }

    /** Some of the candidates, by index. */
    static Domain some(BitSet chosen, int candidates) {
        long[] from = chosen.toLongArray();
        long[] words = new long[candidates / Long.SIZE + 1];
        for (int i = 0; i < words.length; i++) {
            long carried = i > 0 && i <= from.length ? from[i - 1] >>> (Long.SIZE - 1) : 0;
            words[i] = (i < from.length ? from[i] << 1 : 0) | carried;
        }
        return new Domain(words);
    }

    static Domain only(int candidate, int candidates) {
        BitSet bits = new BitSet();
        bits.set(candidate + 1);
        return of(bits, candidates);
    }

    private static Domain of(BitSet bits, int candidates) {
        return new Domain(Arrays.copyOf(bits.toLongArray(), candidates / Long.SIZE + 1));
    }

    Domain and(Domain other) {
        long[] result = words.clone();
        for (int i = 0; i < result.length; i++) {
            result[i] &= other.words[i];
        }
        return new Domain(result);
    }

    Domain or(Domain other) {
        long[] result = words.clone();
        for (int i = 0; i < result.length; i++) {
            result[i] |= other.words[i];
        }
        return new Domain(result);
    }

    Domain minus(Domain other) {
        long[] result = words.clone();
        for (int i = 0; i < result.length; i++) {
            result[i] &= ~other.words[i];
        }
        return new Domain(result);
    }

    boolean isSubsetOf(Domain other) {
        for (int i = 0; i < words.length; i++) {
            if ((words[i] & ~other.words[i]) != 0) {
                return false;
            }
        }
        return true;
    }

    boolean isDisjointFrom(Domain other) {
        for (int i = 0; i < words.length; i++) {
            if ((words[i] & other.words[i]) != 0) {
                return false;
            }
        }
        return true;
    }

    boolean isEmpty() {
        for (long word : words) {
            if (word != 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether it is possible that nothing of the name is chosen. */
    boolean hasAbsent() {
        return (words[0] & 1) != 0;
    }

    boolean has(int candidate) {
        int bit = candidate + 1;
        return (words[bit / Long.SIZE] >>> bit & 1) != 0;
    }

    /** How many things are possible. */
    int size() {
        int result = 0;
        for (long word : words) {
            result += Long.bitCount(word);
        }
        return result;
    }

    /** The index of the candidate that is certain to be chosen, or -1 if none is. */
    int single() {
        int found = -1;
        for (int i = 0; i < words.length; i++) {
            if (words[i] != 0) {
                if (found >= 0 || Long.bitCount(words[i]) > 1) {
                    return -1;
                }
                found = i * Long.SIZE + Long.numberOfTrailingZeros(words[i]);
            }
        }
        return found - 1;
    }

    /** The indexes of the possible candidates. */
    BitSet candidates() {
        BitSet bits = BitSet.valueOf(words);
        return bits.get(1, Math.max(1, bits.length()));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Domain domain && Arrays.equals(words, domain.words);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(words);
    }
}
