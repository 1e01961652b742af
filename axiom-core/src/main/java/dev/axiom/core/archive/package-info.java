/**
 * Trees of files on their way into, inside and out of the store: secure unpackers for archives and folders, the canonical
 * listing and its digest, verification against it, and deletion.
 */
@NullMarked
package dev.axiom.core.archive;

import org.jspecify.annotations.NullMarked;
