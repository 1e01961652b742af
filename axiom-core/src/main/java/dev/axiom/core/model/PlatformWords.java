package dev.axiom.core.model;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What systems and processors are called: one word for each, Debian's where it has one, and what Java, kernels and FreeBSD
 * call the same. A word that is not here stands for itself.
 */
final class PlatformWords {
    private static final Map<String, String> OS = table("macos darwin mac-os-x", "sunos solaris");

    /**
     * With colons between: family, bits and byte order, as the field {@code arch} of FreeBSD's packages has them. Java has
     * {@code arm} alone for both {@code armhf} and {@code armel}; the second is left to those who state it.
     */
    private static final Map<String, String> ARCH = table(
            "amd64 x86_64 x86-64 x64 x86:64",
            "arm64 aarch64",
            "armhf armv7 armv7l arm",
            "i386 i486 i586 i686 x86 x86:32",
            "loong64 loongarch64",
            "ppc64 powerpc64 powerpc:64:eb",
            "ppc64el ppc64le powerpc64le powerpc:64:el",
            "riscv64 riscv:64");

    private PlatformWords() {}

    private static Map<String, String> table(String... lines) {
        Map<String, String> result = new HashMap<>();
        for (String line : lines) {
            String[] words = line.split(" ", -1);
            for (String word : words) {
                result.put(word, words[0]);
            }
        }
        return Map.copyOf(result);
    }

    static String os(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        return OS.getOrDefault(lower, lower);
    }

    /** Of parts between colons as many count as are known together, or else the first. */
    static String arch(String word) {
        String known = word.toLowerCase(Locale.ROOT);
        while (!ARCH.containsKey(known)) {
            int colon = known.lastIndexOf(':');
            if (colon < 0) {
                return known;
            }
            known = known.substring(0, colon);
        }
        return ARCH.getOrDefault(known, known);
    }
}
