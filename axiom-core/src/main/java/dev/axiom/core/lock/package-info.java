/** Locks between processes: flock(2) with a time limit, and who holds it. */
@NullMarked
package dev.axiom.core.lock;

import org.jspecify.annotations.NullMarked;
