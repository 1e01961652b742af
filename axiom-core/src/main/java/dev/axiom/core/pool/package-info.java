/** Where datasets live: the port {@link dev.axiom.core.pool.Pool} and the pool that is an ordinary folder. */
@NullMarked
package dev.axiom.core.pool;

import org.jspecify.annotations.NullMarked;
