/**
 * Choosing packages: from what a profile requires and what the packages of an index depend on, to one exact set, or to
 * an explanation why there is none.
 */
@NullMarked
package dev.axiom.core.resolve;

import org.jspecify.annotations.NullMarked;
