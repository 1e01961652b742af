package dev.axiom.cli;

/** Text from packages, such as file names, made safe for a terminal. */
public final class PlainText {
    private PlainText() {}

    /** Letters of every script stay; control and format characters are escaped, so that no name drives a terminal. */
    public static String of(String text) {
        if (text.codePoints().allMatch(PlainText::isHarmless)) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints().forEach(each -> {
            if (isHarmless(each)) {
                plain.appendCodePoint(each);
            } else {
                plain.append("\\u%04x".formatted(each));
            }
        });
        return plain.toString();
    }

    private static boolean isHarmless(int each) {
        return !Character.isISOControl(each) && Character.getType(each) != Character.FORMAT;
    }
}
