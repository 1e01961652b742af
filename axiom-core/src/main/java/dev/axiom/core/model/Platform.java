package dev.axiom.core.model;

import java.util.function.UnaryOperator;

/**
 * An operating system and a processor, such as linux and amd64. Either may be empty: then the package runs on any. Words
 * stay as they were written, and mean what {@link PlatformWords} says.
 *
 * @param os as in {@code linux}, {@code freebsd}
 * @param arch as in {@code amd64}, {@code arm64}
 */
public record Platform(String os, String arch) {
    /** Of packages that run everywhere. */
    public static final Platform ANY = new Platform("", "");

    private static final Alphabet REST = Alphabet.ALPHANUMERIC.with("._-");
    private static final int LONGEST = 32;

    /** @throws AxiomException {@code INVALID} if one is no word of letters, digits, {@code . _ -} */
    public Platform {
        requireWord("os", os);
        requireWord("arch", arch);
    }

    /** Gives back the word. @throws AxiomException {@code INVALID} if it is none */
    public static String requireWord(String what, String word) {
        if (!word.isEmpty() && !REST.names(word, LONGEST)) {
            throw Texts.invalid(what + " '" + word + "' is not valid: it must be a word such as linux or amd64");
        }
        return word;
    }

    /** That of this machine, in {@linkplain #commonArch common words}. */
    public static Platform here() {
        String os = System.getProperty("os.name", "").replace(' ', '-');
        return new Platform(PlatformWords.os(os), PlatformWords.arch(System.getProperty("os.arch", "")));
    }

    /**
     * The word that importers and {@link #here} have for a processor, such as {@code amd64} for {@code x86_64}: Debian's if
     * it has one. A word that is not known stays, in lower case.
     *
     * @param word may have parts with colons between, as in FreeBSD's {@code x86:64}
     */
    public static String commonArch(String word) {
        return PlatformWords.arch(word);
    }

    /** Whether a package for {@code built} can run here. Different words for one system or processor agree. */
    public boolean runs(Platform built) {
        return agrees(os, built.os, PlatformWords::os) && agrees(arch, built.arch, PlatformWords::arch);
    }

    private static boolean agrees(String one, String other, UnaryOperator<String> common) {
        return one.isEmpty()
                || other.isEmpty()
                || one.equals(other)
                || common.apply(one).equals(common.apply(other));
    }

    /** Such as {@code linux/amd64}, with {@code any} for what is not stated. */
    @Override
    public String toString() {
        return (os.isEmpty() ? "any" : os) + "/" + (arch.isEmpty() ? "any" : arch);
    }
}
