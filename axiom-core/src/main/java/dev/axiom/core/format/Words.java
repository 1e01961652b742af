package dev.axiom.core.format;

/** Words of a document in an error message: never long, never able to move a terminal's cursor. */
final class Words {
    private static final int SHOWN = 60;

    private Words() {}

    /** The text, cut if long, with every control character as a question mark. */
    static String shown(String text) {
        int end = Math.min(SHOWN, text.length());
        StringBuilder shown = new StringBuilder(end + 1);
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            shown.append(Character.isISOControl(c) || Character.isSurrogate(c) ? '?' : c);
        }
        return text.length() > end ? shown.append('…').toString() : shown.toString();
    }
}
