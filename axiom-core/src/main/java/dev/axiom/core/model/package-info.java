/** Values that Axiom speaks of: names, versions, package ids, documents. Each is valid from birth. */
@NullMarked
package dev.axiom.core.model;

import org.jspecify.annotations.NullMarked;
