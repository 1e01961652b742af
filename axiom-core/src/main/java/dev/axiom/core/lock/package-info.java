/** Locks between processes: flock(2) with a time limit, and who holds it; and waiting that no interrupt ends. */
@NullMarked
package dev.axiom.core.lock;

import org.jspecify.annotations.NullMarked;
