/** The contract of every pool, the pools that tests use, and the tests of the directory pool. */
@NullMarked
package dev.axiom.core.pool;

import org.jspecify.annotations.NullMarked;
