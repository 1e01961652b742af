/** Tests of the unpackers, the listing, verification and deletion. */
@NullMarked
package dev.axiom.core.archive;

import org.jspecify.annotations.NullMarked;
