/** Tests of the pool on OpenZFS. */
@NullMarked
package dev.axiom.zfs;

import org.jspecify.annotations.NullMarked;
