/** Tests of the core as a whole. */
@NullMarked
package dev.axiom.core;

import org.jspecify.annotations.NullMarked;
