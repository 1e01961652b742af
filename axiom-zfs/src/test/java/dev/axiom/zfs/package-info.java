@NullMarked
package dev.axiom.zfs;

import org.jspecify.annotations.NullMarked;
