/** What tests of every module share. */
@NullMarked
package dev.axiom.core.testing;

import org.jspecify.annotations.NullMarked;
