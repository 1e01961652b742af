/** What is in a pool: packages, and the records that keep them alive. */
@NullMarked
package dev.axiom.core.store;

import org.jspecify.annotations.NullMarked;
