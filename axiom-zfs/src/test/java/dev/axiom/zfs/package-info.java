/** Tests of the pool on OpenZFS. Those named {@code *ZfsIT} need a real one and run in the guest of {@code native/zfs-guest}. */
@NullMarked
package dev.axiom.zfs;

import org.jspecify.annotations.NullMarked;
