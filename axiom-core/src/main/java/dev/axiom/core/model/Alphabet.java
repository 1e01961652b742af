package dev.axiom.core.model;

/**
 * A set of ASCII characters, and the texts that can be made of them. Names are checked by the thousand in commands that
 * live for a second, and there a regular expression costs ten times as much.
 */
public final class Alphabet {
    private static final int SIZE = 128;

    /** {@code 0-9}. */
    public static final Alphabet DIGITS = new Alphabet("0123456789");

    /** {@code 0-9 a-f}. */
    public static final Alphabet HEX = DIGITS.with("abcdef");

    /** {@code A-Z a-z}. */
    public static final Alphabet LETTERS = new Alphabet("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /** {@code A-Z a-z 0-9}. */
    public static final Alphabet ALPHANUMERIC = LETTERS.with("0123456789");

    private final boolean[] members = new boolean[SIZE];

    private Alphabet(String characters) {
        for (int i = 0; i < characters.length(); i++) {
            members[characters.charAt(i)] = true;
        }
    }

    /** These characters and more. */
    public Alphabet with(String characters) {
        Alphabet result = new Alphabet(characters);
        for (int i = 0; i < SIZE; i++) {
            result.members[i] |= members[i];
        }
        return result;
    }

    public boolean has(char c) {
        return c < SIZE && members[c];
    }

    /** Whether the text has a character at least, and only these. */
    public boolean spells(String text) {
        return !text.isEmpty() && end(text, 0) == text.length();
    }

    /** Whether the text starts with a letter or digit, goes on with these characters only, and is not longer than that. */
    public boolean names(String text, int longest) {
        return text.length() <= longest && spells(text) && ALPHANUMERIC.has(text.charAt(0));
    }

    /** The first place from {@code start} on that has another character, or the text's end. */
    public int end(String text, int start) {
        int end = start;
        while (end < text.length() && has(text.charAt(end))) {
            end++;
        }
        return end;
    }
}
