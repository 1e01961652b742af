@NullMarked
package dev.axiom.core.profile;

import org.jspecify.annotations.NullMarked;
