@NullMarked
package dev.axiom.core.store;

import org.jspecify.annotations.NullMarked;
