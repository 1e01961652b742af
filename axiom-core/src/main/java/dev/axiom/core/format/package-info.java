/**
 * The documents as text: one codec each, on a YAML reader that knows no tags, anchors or guesses about types, whose
 * errors name file, line, column and field, and on a writer that gives the same bytes for the same value.
 */
@NullMarked
package dev.axiom.core.format;

import org.jspecify.annotations.NullMarked;
