/** Tests of the documents: what is written is read again, what is wrong is named with its place, nothing else escapes. */
@NullMarked
package dev.axiom.core.format;

import org.jspecify.annotations.NullMarked;
