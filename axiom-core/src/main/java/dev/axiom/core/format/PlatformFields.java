package dev.axiom.core.format;

import dev.axiom.core.model.Platform;

/** The fields {@code os} and {@code arch}, both optional. */
final class PlatformFields {
    private PlatformFields() {}

    static Platform read(Fields fields) {
        return new Platform(
                fields.or("os", field -> field.as(word -> Platform.requireWord("os", word)), ""),
                fields.or("arch", field -> field.as(word -> Platform.requireWord("arch", word)), ""));
    }
}
