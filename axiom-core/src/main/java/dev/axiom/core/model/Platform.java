package dev.axiom.core.model;

import java.util.Locale;

/**
 * An operating system and a processor, such as linux and amd64. Either may be empty: then the package runs on any.
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

    /** That of this machine, in the words that Debian and FreeBSD use. */
    public static Platform here() {
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).replace(' ', '-');
        String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        return new Platform(os, arch.equals("x86_64") ? "amd64" : arch.equals("aarch64") ? "arm64" : arch);
    }

    /** Whether a package for {@code built} can run here. */
    public boolean runs(Platform built) {
        return agrees(os, built.os) && agrees(arch, built.arch);
    }

    private static boolean agrees(String one, String other) {
        return one.isEmpty() || other.isEmpty() || one.equals(other);
    }

    /** Such as {@code linux/amd64}, with {@code any} for what is not stated. */
    @Override
    public String toString() {
        return (os.isEmpty() ? "any" : os) + "/" + (arch.isEmpty() ? "any" : arch);
    }
}
